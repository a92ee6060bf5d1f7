/** The job types that run programs: SHELL. */
package dev.remora.job;
