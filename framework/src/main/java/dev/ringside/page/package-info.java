/**
 * One page that tells why a test has failed: what was expected, where in the lab it went wrong, the
 * last events, the way of the packet in question, and how to have the same run again.
 *
 * <p>{@link dev.ringside.page.FailurePage} is the door; {@link dev.ringside.page.DiagramRenderer}
 * is what a drawing library is plugged in by.
 */
@NullMarked
package dev.ringside.page;

import org.jspecify.annotations.NullMarked;
