// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj.error;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * A transfer has not delivered the bytes that it should have.
 *
 * <pre>{@code
 * Expecting transfer web>db of 1000 bytes
 *   to have delivered exactly 1000 bytes
 *   but it has delivered 800, which are the first of them
 * }</pre>
 */
public final class ShouldHaveDelivered extends Failure {

  /**
   * Says it.
   *
   * @param about the names under which the journal knows what the transfer has gone through
   */
  public ShouldHaveDelivered(
      String subject, byte[] wanted, byte[] found, Evidence evidence, String... about) {
    super(
        HexFormat.of().formatHex(wanted),
        HexFormat.of().formatHex(found),
        FailureText.expecting(subject)
            .to("have delivered exactly " + bytes(wanted.length))
            .but("it has delivered " + difference(wanted, found))
            .events(evidence.eventsAbout(about))
            .end(evidence));
  }

  private static String bytes(int count) {
    return count + (count == 1 ? " byte" : " bytes");
  }

  private static String difference(byte[] wanted, byte[] found) {
    int at = Arrays.mismatch(wanted, found);
    if (at == found.length) {
      return found.length == 0 ? "none" : found.length + ", which are the first of them";
    }
    if (at == wanted.length) {
      return found.length + ", of which the last " + (found.length - wanted.length) + " are extra";
    }
    return found.length
        + ", which differ first at byte "
        + at
        + ": expected "
        + HexFormat.of().toHexDigits(wanted[at])
        + ", was "
        + HexFormat.of().toHexDigits(found[at]);
  }
}
