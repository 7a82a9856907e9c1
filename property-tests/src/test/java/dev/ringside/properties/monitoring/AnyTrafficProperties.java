// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.monitoring;

import static dev.ringside.monitor.UserMemory.slots;
import static dev.ringside.monitor.UserMemory.userMemory;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.aggregate.Aggregation;
import dev.ringside.host.InlineBridge;
import dev.ringside.jqwik.FlowArbitraries;
import dev.ringside.jqwik.PacketArbitraries;
import dev.ringside.monitor.Capture;
import dev.ringside.monitor.Monitor;
import dev.ringside.monitor.MonitorConfig;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Two monitors, one with sentences, one with a function, and any packets, damaged ones too. */
class AnyTrafficProperties {

  private final HexFormat hex = HexFormat.of();

  @Provide
  Arbitrary<PacketMatcher> matches() {
    return FlowArbitraries.matches();
  }

  @Provide
  Arbitrary<List<Packet>> traffic() {
    return Arbitraries.oneOf(FlowArbitraries.packets(), PacketArbitraries.anything())
        .filter(packet -> packet.length() <= 1_514 && !packet.isRunt())
        .list()
        .ofMaxSize(30);
  }

  @Property(tries = 150)
  void each_packet_goes_to_the_first_monitor_that_wants_it_or_through_the_bridge(
      @ForAll("matches") PacketMatcher first,
      @ForAll("matches") PacketMatcher second,
      @ForAll("traffic") List<Packet> traffic) {
    LabBuilder builder = Lab.builder();
    builder.host("h1").pnics(2).aggregation(Aggregation.NONE);
    try (Lab lab = builder.open()) {
      InlineBridge bridge = lab.host().bridge("p0", "p1");
      List<String> left = new ArrayList<>();
      lab.cable("p1").toNetwork().tap(packet -> left.add(text(packet)));
      Monitor one = monitor(lab, "one", first);
      Monitor two = monitor(lab, "two", packet -> second.matches(packet));
      List<String> forOne = new ArrayList<>();
      List<String> forTwo = new ArrayList<>();
      List<String> through = new ArrayList<>();
      for (Packet packet : traffic) {
        lab.world().deliver(lab.cable("p0").toHost(), packet);
        if (!packet.hasUnreadableHeader()) {
          (first.matches(packet) ? forOne : second.matches(packet) ? forTwo : through)
              .add(text(packet));
        }
      }

      assertThat(captured(one)).isEqualTo(forOne);
      assertThat(captured(two)).isEqualTo(forTwo);
      assertThat(left).isEqualTo(through);
      assertThat(bridge.forward().account().dropped()).isZero();
    }
  }

  private static Monitor monitor(Lab lab, String name, PacketMatcher match) {
    return lab.host().monitor(match, userMemory(slots(30)), MonitorConfig.named(name));
  }

  private List<String> captured(Monitor monitor) {
    List<String> texts = new ArrayList<>();
    for (Capture capture : monitor.captured()) {
      texts.add(text(capture.packet()));
    }
    return texts;
  }

  private String text(Packet packet) {
    return hex.formatHex(packet.toByteArray());
  }
}
