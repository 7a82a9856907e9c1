// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.trust;

import static dev.ringside.flow.Destination.ring;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ringside.flow.FlowDecision;
import dev.ringside.flow.FlowTable;
import dev.ringside.packet.EthernetSpec;
import dev.ringside.packet.IpPrefix;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSpec;
import dev.ringside.packet.Packets;
import dev.ringside.packet.PortSpec;
import org.jspecify.annotations.Nullable;

/** A match from any text and numbers is refused with a reason, or does in a table what it says. */
class MatchFuzzTest {

  @FuzzTest(maxDuration = "60m")
  void a_match_is_refused_or_decides_in_a_table_as_it_does_alone(FuzzedDataProvider data) {
    PacketSpec match = match(data);
    if (match == null) {
      return;
    }
    FlowTable table = new FlowTable("fuzzed");
    table.setDefault(ring(0));
    boolean unused = table.insert(match, ring(1)).toString().isEmpty();
    byte[] bytes = data.consumeRemainingAsBytes();
    if (bytes.length > 0 && bytes.length <= Packet.MAX_BYTES) {
      Packet packet = Packet.of(bytes);
      boolean matches = match.matches(packet);

      FlowDecision decision = table.classify(packet);
      if (packet.hasUnreadableHeader()) {
        assertThat(decision.outcome()).isEqualTo(FlowDecision.Outcome.UNREADABLE);
      } else {
        assertThat(decision.end()).isEqualTo(matches ? ring(1) : ring(0));
      }
      assertThat(match.mismatches(packet).isEmpty()).isEqualTo(matches);
      assertThat(table.explain(packet).toString()).isNotEmpty();
    }
  }

  private static @Nullable PacketSpec match(FuzzedDataProvider data) {
    try {
      return switch (data.consumeInt(0, 4)) {
        case 0 -> ports(Packets.udp(), data);
        case 1 -> ports(Packets.tcp(), data);
        case 2 -> ethernet(data);
        case 3 -> Packets.arp().vlan(data.consumeInt());
        default -> Packets.ip(data.consumeInt()).to(data.consumeString(40));
      };
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
      return null;
    }
  }

  private static <S extends PortSpec<S>> S ports(S spec, FuzzedDataProvider data) {
    S match = spec.to(data.consumeString(40)).ports(data.consumeInt(), data.consumeInt());
    return data.consumeBoolean() ? match.vlan(data.consumeInt(), data.consumeInt()) : match;
  }

  private static EthernetSpec ethernet(FuzzedDataProvider data) {
    MacAddress mac = MacAddress.of(data.consumeString(20));
    assertThat(MacAddress.of(mac.toString())).isEqualTo(mac);
    IpPrefix prefix = IpPrefix.of(data.consumeString(45));
    assertThat(IpPrefix.of(prefix.toString())).isEqualTo(prefix);
    return Packets.ethernet(data.consumeInt()).toMac(mac);
  }
}
