// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.monitor;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.aggregate.Aggregation;
import dev.ringside.host.Host;
import dev.ringside.host.InlineBridge;
import dev.ringside.nic.NicConfig;
import dev.ringside.packet.Packet;
import dev.ringside.packet.Packets;
import dev.ringside.packet.TcpSpec;
import dev.ringside.wire.Station;
import java.util.ArrayList;
import java.util.List;

/** A host that joins two networks inline, with packets that carry a number as their port. */
final class MonitorBench {

  final Lab lab;
  final Host host;
  final InlineBridge bridge;
  final Station beyond;

  MonitorBench(TestLabs labs, NicConfig nic, int waiting) {
    lab = labs.open(h -> h.pnics(2).aggregation(Aggregation.NONE).nic(nic));
    host = lab.host();
    bridge = host.bridge("p0", "p1", waiting);
    beyond = bridge.beyond();
  }

  MonitorBench(TestLabs labs) {
    this(labs, NicConfig.DEFAULT, InlineBridge.DEFAULT_CAPACITY);
  }

  /** What monitors take in these tests. */
  static TcpSpec web() {
    return Packets.tcp().port(80);
  }

  Packet sendWeb(int number) {
    return lab.wire().send(Packets.tcp().to(beyond).port(80).fromPort(number).payload("web"));
  }

  Packet sendOther(int number) {
    return lab.wire().send(TestLabs.number(number, beyond));
  }

  void sendWeb(int first, int last) {
    for (int i = first; i <= last; i++) {
      sendWeb(i);
    }
  }

  void sendOther(int first, int last) {
    for (int i = first; i <= last; i++) {
      sendOther(i);
    }
  }

  /** The numbers of these captures. */
  static List<Integer> web(Iterable<Capture> captures) {
    List<Integer> numbers = new ArrayList<>();
    for (Capture capture : captures) {
      numbers.add(capture.packet().sourcePort());
    }
    return numbers;
  }

  List<Integer> webBeyond() {
    List<Integer> numbers = new ArrayList<>();
    for (Packet packet : beyond.received()) {
      if (web().matches(packet)) {
        numbers.add(packet.sourcePort());
      }
    }
    return numbers;
  }

  List<Integer> othersBeyond() {
    return TestLabs.numbers(beyond.received());
  }
}
