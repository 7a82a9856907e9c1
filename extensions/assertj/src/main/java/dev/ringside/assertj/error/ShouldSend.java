// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj.error;

/**
 * A connection goes another way than was wanted.
 *
 * <pre>{@code
 * Expecting aggregator of web
 *   to send udp 198.18.0.1:9 <> 198.18.255.254:53 through p1
 *   but it sends it through p0
 * }</pre>
 */
public final class ShouldSend extends Failure {

  /**
   * Says it.
   *
   * @param about the names under which the journal knows what the device has gone through
   */
  public ShouldSend(
      String subject, String wanted, String found, Evidence evidence, String... about) {
    super(
        wanted,
        found,
        FailureText.expecting(subject)
            .to("send " + wanted)
            .but("it " + found)
            .events(evidence.eventsAbout(about))
            .end(evidence));
  }
}
