/** Bounded queues of packets, the rules by which they are drained, and queues of those who wait. */
@NullMarked
package dev.ringside.ring;

import org.jspecify.annotations.NullMarked;
