// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives a test a capture that is being replayed into its lab: pcap or pcapng, from production, or
 * one that the report of a failed test has left behind. Its first packet is sent when the parameter
 * is resolved, the others, with the pauses of the capture, as the test advances the lab.
 *
 * <pre>{@code
 * @Test
 * void contains_the_flood(Lab lab, @ReplayCapture("syn-flood.pcap") Replay flood) {
 *   flood.finish(); // advances the lab until all is sent
 *   ...
 * }
 *
 * @Test
 * void happens_again(Lab lab, @ReplayCapture(value = "h1-p0.pcapng", cable = "h1/p0") Replay frames)
 * }</pre>
 *
 * <p>The type of the parameter is {@link dev.ringside.wire.Replay}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface ReplayCapture {

  /**
   * A resource, beside the test class or from the root of the class path behind a slash; or else a
   * file, from the working directory.
   */
  String value();

  /**
   * The cable to whose host the packets are sent, such as h1/p0; empty for the test's own station,
   * which is the network's side of all cables.
   */
  String cable() default "";
}
