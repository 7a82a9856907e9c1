// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.trust;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ringside.packet.HeaderKey;
import dev.ringside.packet.Packet;
import dev.ringside.packet.VlanTag;

/** Any bytes are a packet: what is wrong with them is a value, never an exception. */
class PacketFuzzTest {

  @FuzzTest(maxDuration = "60m")
  void any_bytes_are_a_packet(byte[] bytes) {
    if (bytes.length > Packet.MAX_BYTES) {
      return;
    }
    Packet packet = Packet.of(bytes);

    assertThat(packet.toByteArray()).isEqualTo(bytes);
    assertThat(packet.isMalformed()).isEqualTo(packet.malformation() != null);
    assertThat(packet.toString()).isNotEmpty();
    int payload = packet.payloadOffset();
    assertThat(payload).isBetween(Packet.NONE, bytes.length);
    assertThat(packet.payload()).hasSize(packet.payloadLength());
    assertThat(packet.endOffset()).isLessThanOrEqualTo(bytes.length);
    assertThat(packet.vlanTags()).hasSize(packet.vlanTagCount());
    HeaderKey.read(packet, new long[HeaderKey.WORDS], HeaderKey.ALL);
    String unused = packet.malformationDescription() + packet.checksumFault() + packet.flowKey();
    if (!packet.isRunt() && bytes.length <= Packet.MAX_BYTES - 4) {
      assertThat(packet.pushVlanTag(new VlanTag(0x8100, 3, false, 100)).popVlanTag().toByteArray())
          .isEqualTo(bytes);
    }
  }
}
