/** Guests: virtual machines with a small network stack. */
@NullMarked
package dev.ringside.vm;

import org.jspecify.annotations.NullMarked;
