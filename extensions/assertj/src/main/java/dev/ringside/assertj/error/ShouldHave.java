// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj.error;

import java.util.List;

/**
 * A device does not have what was wanted.
 *
 * <pre>{@code
 * Expecting virtual function p0/vf0
 *   to have VLAN 100
 *   but it has none
 * }</pre>
 */
public final class ShouldHave extends Failure {

  /**
   * Says it.
   *
   * @param about the names under which the journal knows what the device has gone through
   */
  public ShouldHave(
      String subject, String wanted, String found, Evidence evidence, String... about) {
    super(
        wanted,
        found,
        FailureText.expecting(subject)
            .to("have " + wanted)
            .but("it has " + found)
            .events(about.length == 0 ? List.of() : evidence.eventsAbout(about))
            .end(evidence));
  }
}
