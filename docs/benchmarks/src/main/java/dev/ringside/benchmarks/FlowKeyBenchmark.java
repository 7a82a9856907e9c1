// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.benchmarks;

import dev.ringside.packet.FlowKey;
import dev.ringside.packet.Packet;
import dev.ringside.packet.Packets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.pcap4j.packet.EthernetPacket;
import org.pcap4j.packet.IllegalRawDataException;
import org.pcap4j.packet.IpV4Packet;
import org.pcap4j.packet.UdpPacket;

/** What it costs to get from the bytes of a 64-byte frame to its five-tuple. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class FlowKeyBenchmark {

  /** 60 bytes and the frame check sequence that the framework leaves out. */
  private final byte[] frame =
      Packets.udp()
          .to("198.18.0.1")
          .toMac("02:52:53:01:00:01")
          .port(53)
          .payloadSize(18)
          .toPacket()
          .toByteArray();

  /** With a packet and its flow key. */
  @Benchmark
  public @Nullable FlowKey ringside() {
    return Packet.of(frame).flowKey();
  }

  /** With Pcap4J's packet classes. */
  @Benchmark
  public void pcap4j(Blackhole sink) throws IllegalRawDataException {
    EthernetPacket packet = EthernetPacket.newPacket(frame, 0, frame.length);
    IpV4Packet ip = packet.get(IpV4Packet.class);
    UdpPacket udp = packet.get(UdpPacket.class);
    sink.consume(ip.getHeader().getSrcAddr());
    sink.consume(ip.getHeader().getDstAddr());
    sink.consume(ip.getHeader().getProtocol());
    sink.consume(udp.getHeader().getSrcPort());
    sink.consume(udp.getHeader().getDstPort());
  }
}
