/** The job types that run programs: SHELL, MR and SPARK. */
package dev.remora.job;
