// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj.error;

import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSpec;

/**
 * A packet is as it should not be.
 *
 * <pre>{@code
 * Expecting packet #2 udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
 *   not to be like udp port 53
 *   but it is
 * }</pre>
 */
public final class ShouldNotMatch extends Failure {

  /** Says it. */
  public ShouldNotMatch(Packet packet, PacketSpec unwanted) {
    super(
        "not " + unwanted,
        packet.toString(),
        FailureText.expecting("packet " + packet).line("not to be like " + unwanted).but("it is"));
  }
}
