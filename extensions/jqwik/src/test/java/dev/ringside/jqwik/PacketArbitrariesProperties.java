// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.Packet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

class PacketArbitrariesProperties {

  @Provide
  Arbitrary<Packet> wellFormed() {
    return PacketArbitraries.wellFormed();
  }

  @Provide
  Arbitrary<Packet> edge() {
    return PacketArbitraries.edge();
  }

  @Provide
  Arbitrary<Packet> malformed() {
    return PacketArbitraries.malformed();
  }

  @Property(tries = 2_000)
  void well_formed_packets_have_no_fault(@ForAll("wellFormed") Packet packet) {
    assertThat(packet.malformationDescription()).isNull();
    assertThat(packet.checksumFault()).isNull();
    Statistics.label("tags").collect(packet.vlanTagCount());
    Statistics.label("version").collect(packet.ipVersion());
    Statistics.label("fragment").collect(packet.isFragment());
    Statistics.label("tags").coverage(coverage -> coverage.check(3).count(count -> count > 50));
    Statistics.label("version").coverage(coverage -> coverage.check(6).count(count -> count > 50));
    Statistics.label("fragment")
        .coverage(coverage -> coverage.check(true).count(count -> count > 20));
  }

  @Property(tries = 100)
  void edge_packets_answer_every_question(@ForAll("edge") Packet packet) {
    assertThat(packet.toString()).isNotEmpty();
    assertThat(packet.payloadLength()).isNotNegative();
  }

  @Property(tries = 2_000)
  void half_of_the_malformed_packets_have_a_fault(@ForAll("malformed") Packet packet) {
    boolean faulty = packet.isMalformed() || packet.checksumFault() != null;
    Statistics.collect(faulty);
    Statistics.coverage(coverage -> coverage.check(true).percentage(share -> share > 50));
  }
}
