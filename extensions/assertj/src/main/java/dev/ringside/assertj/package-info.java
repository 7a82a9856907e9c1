// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0

/**
 * AssertJ assertions for every device of a lab: {@link
 * dev.ringside.assertj.RingsideAssertions#assertThat} is where they start.
 *
 * <pre>{@code
 * import static dev.ringside.assertj.RingsideAssertions.assertThat;
 *
 * assertThat(web).hasDirectAccessThrough("p1").received(udp().port(53)).andNothingElse();
 * assertThat(lab.trace(query)).passed(Stage.VIRTUAL_FUNCTION).neverPassed(Stage.VIRTUAL_SWITCH);
 * assertThat(lab).isBalanced().lostNothing();
 * }</pre>
 *
 * <p>The words mean the same wherever they stand. <i>Received</i> is what is in an inbox now, or
 * what a device's counter says; a number asks for exactly so many. <i>Dropped</i> counts every
 * drop, <i>lost</i> only those that somebody would mind. <i>Holds</i> and <i>has</i> speak of the
 * present.
 */
@NullMarked
package dev.ringside.assertj;

import org.jspecify.annotations.NullMarked;
