/** What an application hears of its runs while they go. */
package dev.remora.event;
