/** Mail to those who want to know how an execution ended. */
package dev.remora.job.mail;
