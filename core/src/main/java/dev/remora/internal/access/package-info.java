/** Who may do what: the one place where operations are allowed or refused, around the services that carry them out. */
package dev.remora.internal.access;
