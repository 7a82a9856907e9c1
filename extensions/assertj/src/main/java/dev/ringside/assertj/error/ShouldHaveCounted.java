// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj.error;

/**
 * A counter of a device is not what was wanted.
 *
 * <pre>{@code
 * Expecting PNIC p0
 *   to have received 3 packets
 *   but it has received 2
 * }</pre>
 */
public final class ShouldHaveCounted extends Failure {

  /**
   * Says it.
   *
   * @param did what the device does with what is counted, such as {@code received}
   * @param noun one of what is counted, such as {@code packet}
   */
  public ShouldHaveCounted(
      String subject, String did, long wanted, String noun, long found, Evidence evidence) {
    super(
        wanted,
        found,
        FailureText.expecting(subject)
            .to("have " + did + " " + FailureText.count(wanted, noun))
            .but("it has " + did + " " + found)
            .end(evidence));
  }
}
