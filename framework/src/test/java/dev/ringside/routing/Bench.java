// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.routing;

import static dev.ringside.packet.Packets.arp;
import static dev.ringside.packet.Packets.icmpv6;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.bridge.LearningSwitch;
import dev.ringside.bridge.SwitchPort;
import dev.ringside.bridge.VlanMode;
import dev.ringside.packet.Endpoint;
import dev.ringside.packet.Ipv6Address;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSpec;
import dev.ringside.time.Seed;
import dev.ringside.trace.Account;
import dev.ringside.trace.Drops;
import dev.ringside.trace.Journal;
import dev.ringside.trace.Stage;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.List;

/** A router between two networks, with a station in each whose cable the test holds in its hand. */
final class Bench {

  static final Endpoint A =
      Endpoint.of("a", "a2:b4:c6:d8:ea:0a", "192.0.2.10", "2001:db8:a:0:8::a");
  static final Endpoint B =
      Endpoint.of("b", "a2:b4:c6:d8:ea:0b", "198.51.100.20", "2001:db8:b:0:8::b");
  static final MacAddress MAC_A = MacAddress.of("02:00:5e:10:00:01");
  static final MacAddress MAC_B = MacAddress.of("02:00:5e:10:00:02");

  final World world = new World(Seed.DEFAULT, Journal.DEFAULT_CAPACITY, true);
  final LearningSwitch network = new LearningSwitch(world, Stage.WIRE, "network");
  final Router router = new Router(world, "r1");
  final RouterPort portA = router.addPort("A", MAC_A, network, 100);
  final RouterPort portB = router.addPort("B", MAC_B, network, 200);
  final Station a = new Station(A, 100);
  final Station b = new Station(B, 200);

  Bench() {
    portA.addAddress("192.0.2.1/24").addAddress("2001:db8:a::1/64");
    portB.addAddress("198.51.100.1/24").addAddress("2001:db8:b::1/64");
  }

  /** A station in one VLAN, which says only what the test says. */
  final class Station {
    private final Endpoint self;
    private final Account account;
    private final SwitchPort port;
    private final List<Packet> received = new ArrayList<>();

    Station(Endpoint self, int vlan) {
      this.self = self;
      this.account = world.ledger().open(Stage.WIRE, self.name());
      this.port = network.addPort(self.name(), this::take, VlanMode.access(vlan));
    }

    private void take(Packet packet) {
      account.addReceived();
      world.delivered(account, packet);
      received.add(packet);
    }

    Packet send(Packet packet) {
      return world.call(
          () -> {
            Packet named = world.inject(account, packet);
            account.addSent();
            port.accept(named);
            return named;
          });
    }

    /** From this station, to the gateway unless it says otherwise. */
    Packet send(PacketSpec spec) {
      return send(spec.withDefaultSource(self).toPacket());
    }

    /** Lets the router know where it is, IPv4 and IPv6. */
    void sayWhereItIs(RouterPort gateway) {
      send(arp().request().from(self).targetIp(gateway.addresses().get(0).toString()));
      send(icmpv6().from(self).neighbourSolicitation((Ipv6Address) gateway.addresses().get(1)));
      received();
    }

    /** What has come since the last call. */
    List<Packet> received() {
      List<Packet> packets = List.copyOf(received);
      received.clear();
      return packets;
    }

    /** The one packet that has come since the last call. */
    Packet receivedOne() {
      List<Packet> packets = received();
      assertThat(packets).hasSize(1);
      return packets.get(0);
    }
  }

  void bothSayWhereTheyAre() {
    a.sayWhereItIs(portA);
    b.sayWhereItIs(portB);
  }

  /** Why packets were dropped, oldest first. */
  List<String> drops() {
    return Drops.of(world.journal());
  }

  /** Every packet has exactly one fate. */
  void checkLaw() {
    assertThat(world.ledger().violations()).isEmpty();
  }
}
