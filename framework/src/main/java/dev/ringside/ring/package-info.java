/** Bounded queues of packets, and the rules by which they are drained. */
@NullMarked
package dev.ringside.ring;

import org.jspecify.annotations.NullMarked;
