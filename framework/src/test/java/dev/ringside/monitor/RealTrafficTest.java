// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.monitor;

import static dev.ringside.TestLabs.losses;
import static dev.ringside.monitor.UserMemory.slots;
import static dev.ringside.monitor.UserMemory.userMemory;
import static dev.ringside.packet.Packets.ethernet;
import static dev.ringside.packet.Packets.ip;
import static dev.ringside.packet.Packets.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.TestLabs;
import dev.ringside.packet.IpProtocol;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.packet.capture.CaptureReader;
import dev.ringside.packet.capture.CapturedPacket;
import dev.ringside.trace.DropReason;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Frames of two real hosts, with the bridge between them. */
class RealTrafficTest {

  @RegisterExtension final TestLabs labs = new TestLabs();

  private final MonitorBench bench = new MonitorBench(labs);

  private Monitor monitor(String name, PacketMatcher matcher, int slots) {
    return bench.host.monitor(matcher, userMemory(slots(slots)), MonitorConfig.named(name));
  }

  private static Path capture(String name) {
    try {
      return Path.of(RealTrafficTest.class.getResource("/captures/" + name + ".pcap").toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static Predicate<Packet> from(String mac) {
    MacAddress source = MacAddress.of(mac);
    return packet -> packet.sourceMac().equals(source);
  }

  /** Each host sends what it has sent, from its side of the bridge. */
  private void replay(String name) {
    bench.lab.wire().replay(capture(name), from("02:00:5e:10:00:0a"));
    bench.beyond.replay(capture(name), from("02:00:5e:10:00:0b"));
  }

  @Test
  void tells_vlans_apart_single_and_stacked() {
    Monitor tagged = monitor("tagged", ethernet().vlan(100), 64);
    Monitor stacked = monitor("stacked", ip().from("203.0.113.0/24"), 64);

    replay("vlan-qinq");

    assertThat(tagged.ring("p0").received()).isEqualTo(40);
    assertThat(stacked.ring("p0").received()).isEqualTo(20);
    assertThat(bench.bridge.forward().bridged()).isEqualTo(40);
    assertThat(tagged.ring("p1").received()).isZero();
    assertThat(bench.bridge.backward().bridged()).isEqualTo(6);
    assertThat(stacked.captured())
        .allMatch(capture -> capture.packet().vlanTagCount() == 2)
        .allMatch(capture -> capture.packet().vlanId() == 300);
    assertThat(losses(bench.lab)).isEmpty();
  }

  @Test
  void takes_both_directions_of_every_connection_and_leaves_the_rest(@TempDir Path folder) {
    Monitor monitor = monitor("connections", tcp(), 100);

    replay("everyday");

    assertThat(monitor.ring("p0").received()).isEqualTo(26);
    assertThat(monitor.ring("p1").received()).isEqualTo(61);
    assertThat(bench.bridge.forward().bridged()).isEqualTo(20);
    assertThat(bench.bridge.backward().bridged()).isEqualTo(20);
    assertThat(bench.beyond.received()).noneMatch(packet -> packet.is(IpProtocol.TCP));
    Path file = folder.resolve("connections.pcapng");
    monitor.writeTo(file);
    assertThat(bytesOf(CaptureReader.readAll(file))).isEqualTo(bytesOfTcp("everyday"));
  }

  /** In the order of the test: first all of one host, then all of the other. */
  private static List<String> bytesOfTcp(String name) {
    List<CapturedPacket> one = new ArrayList<>();
    List<CapturedPacket> other = new ArrayList<>();
    for (CapturedPacket captured : CaptureReader.readAll(capture(name))) {
      if (captured.packet().is(IpProtocol.TCP)) {
        (from("02:00:5e:10:00:0a").test(captured.packet()) ? one : other).add(captured);
      }
    }
    one.addAll(other);
    return bytesOf(one);
  }

  private static List<String> bytesOf(List<CapturedPacket> captured) {
    List<String> bytes = new ArrayList<>();
    for (CapturedPacket one : captured) {
      bytes.add(java.util.HexFormat.of().formatHex(one.packet().toByteArray()));
    }
    return bytes;
  }

  @Test
  void leaves_the_rest_alone_in_a_storm_of_what_matches() {
    Monitor monitor = monitor("syn", tcp().syn().port(80), 256);

    bench.lab.wire().replay(capture("syn-flood"), from("02:00:5e:10:00:0a"));

    assertThat(monitor.ring("p0").offered()).isEqualTo(2_000);
    assertThat(monitor.captured()).hasSize(256);
    assertThat(monitor.ring("p0").size()).isEqualTo(512);
    assertThat(monitor.lost()).isEqualTo(1_232);
    assertThat(losses(bench.lab)).isEqualTo(Map.of(DropReason.RING_FULL, 1_232L));
    assertThat(bench.bridge.forward().bridged())
        .isEqualTo(bench.host.pnic("p0").counters().receivedPackets() - 2_000);
    assertThat(bench.beyond.received())
        .filteredOn(packet -> packet.destinationPort() == 8080)
        .hasSize(82);
  }
}
