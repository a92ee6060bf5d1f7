/** The origin's HTTP API, and a page for people, on the HTTP server of the JDK. */
package dev.remora.examples.http;
