/** Values: definitions, requests, and what queries return. All immutable and safe for use by several threads. */
package dev.remora.model;
