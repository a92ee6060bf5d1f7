/** Programs that show Remora at work: a command line that runs workflow files, and the embedding example. */
package dev.remora.examples;
