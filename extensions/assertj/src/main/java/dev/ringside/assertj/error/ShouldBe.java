// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj.error;

import java.util.List;

/**
 * A device is not in the state that was wanted.
 *
 * <pre>{@code
 * Expecting PNIC p0
 *   to be up
 *   but it is failed
 * }</pre>
 */
public final class ShouldBe extends Failure {

  /**
   * Says it.
   *
   * @param about the names under which the journal knows what the device has gone through
   */
  public ShouldBe(String subject, String wanted, String found, Evidence evidence, String... about) {
    super(
        wanted,
        found,
        FailureText.expecting(subject)
            .to("be " + wanted)
            .but("it is " + found)
            .events(about.length == 0 ? List.of() : evidence.eventsAbout(about))
            .end(evidence));
  }
}
