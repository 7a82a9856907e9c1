// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.routing;

import dev.ringside.packet.Checksums;
import dev.ringside.packet.IpProtocol;
import dev.ringside.packet.Packet;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.world.World;
import java.util.List;

/** What a defect does to a frame that a router sends. */
final class Harm {

  private Harm() {}

  static List<Packet> done(Defect defect, Packet packet, World world, Account at) {
    if (defect == Defect.NONE) {
      return List.of(packet); // as it is: a checksum that is put right here could hide a wrong one
    }
    boolean error = packet.is(IpProtocol.ICMP) || packet.is(IpProtocol.ICMPV6);
    boolean v4 = packet.ipVersion() == 4;
    byte[] frame = packet.toByteArray();
    int network = packet.networkOffset();
    int hops = network + (v4 ? 8 : 7);
    switch (defect) {
      case HOPS_UNTOUCHED -> frame[hops] += (byte) (error ? 0 : 1);
      case HOPS_TWICE -> frame[hops] -= (byte) (error ? 0 : 1);
      case SOURCE_REPLACED -> frame[network + (v4 ? 15 : 23)] ^= (byte) (error ? 0 : 0x40);
      case PAYLOAD_CHANGED -> frame[packet.endOffset() - 1] ^= (byte) (error ? 0 : 1);
      case ERRORS_OF_OTHER_CODE -> {
        if (error) {
          frame[packet.transportOffset() + 1] ^= 1;
        }
      }
      default -> {}
    }
    if (v4) {
      int right = Checksums.ipv4Header(frame, network);
      int wanted = defect == Defect.CHECKSUM_STALE && !error ? right ^ 0x100 : right;
      frame[network + 10] = (byte) (wanted >>> 8);
      frame[network + 11] = (byte) wanted;
    }
    Packet harmed = Packet.of(frame).withId(packet.id());
    boolean lost =
        (defect == Defect.ERRORS_LOST && error)
            || (defect == Defect.FRAGMENTS_LOST && packet.isLaterFragment());
    if (lost) {
      world.dropped(at, packet, DropReason.LOST_ON_WIRE, defect);
      return List.of();
    }
    return defect == Defect.ERRORS_TWICE && error
        ? List.of(harmed, world.copy(at, harmed))
        : List.of(harmed);
  }
}
