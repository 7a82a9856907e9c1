// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj.error;

import dev.ringside.packet.FieldMismatch;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSpec;
import java.util.List;

/**
 * A packet is not like that: tells the fields that differ.
 *
 * <pre>{@code
 * Expecting packet #2 udp 198.18.255.254:49152 > 198.18.0.1:54, 60 bytes
 *   to be like udp port 53
 *   but it differs in
 *     destination port: expected 53, was 54
 * }</pre>
 */
public final class ShouldMatch extends Failure {

  /** Says it. */
  public ShouldMatch(Packet packet, PacketSpec wanted) {
    this(packet, wanted, wanted.mismatches(packet));
  }

  private ShouldMatch(Packet packet, PacketSpec wanted, List<FieldMismatch> mismatches) {
    super(
        wanted.toString(),
        packet.toString(),
        FailureText.expecting("packet " + packet)
            .to("be like " + wanted)
            .but("it differs in")
            .items(mismatches));
  }
}
