/** Virtual time and seeded chance: what replaces the clock and the dice of the machine. */
@NullMarked
package dev.ringside.time;

import org.jspecify.annotations.NullMarked;
