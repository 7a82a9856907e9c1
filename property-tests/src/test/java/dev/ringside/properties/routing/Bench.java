// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.routing;

import static dev.ringside.packet.Packets.udp;

import dev.ringside.bridge.LearningSwitch;
import dev.ringside.bridge.SwitchPort;
import dev.ringside.bridge.VlanMode;
import dev.ringside.packet.Endpoint;
import dev.ringside.packet.IpPrefix;
import dev.ringside.packet.IpProtocol;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.packet.UdpSpec;
import dev.ringside.routing.Router;
import dev.ringside.stack.Inbox;
import dev.ringside.stack.NetworkStack;
import dev.ringside.time.Seed;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Hop;
import dev.ringside.trace.Journal;
import dev.ringside.trace.Stage;
import dev.ringside.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A router between three subnets, to which happens what a script says, and its twin. */
final class Bench {

  private static final long ROUTER_MAC = 0x0200_5e20_0000L;
  private static final Duration UNTIL_GIVEN_UP = Duration.ofSeconds(4);

  /**
   * A packet that was sent to another subnet, what the twin says of it, and what happened.
   *
   * @param arrived the frames with it, or with pieces of it, that came to stations
   * @param stations who they came to
   * @param whole what came into an inbox, null if nothing did
   * @param errors the ICMP errors that its sender got
   * @param reason why the router dropped it, null if it did not
   */
  record Sent(
      Packet packet,
      RoutingTwin.Fate expected,
      List<Packet> arrived,
      List<Integer> stations,
      @Nullable Packet whole,
      List<Packet> errors,
      @Nullable DropReason reason) {}

  private final World world = new World(Seed.DEFAULT, Journal.DEFAULT_CAPACITY, true);
  private final Account taps = world.ledger().open(Stage.WIRE, "taps");
  private final LearningSwitch network =
      new LearningSwitch(world, Stage.EXTERNAL_SWITCH, "network");
  private final Router router = new Router(world, "router");
  private final RoutingTwin twin = new RoutingTwin();
  private final List<NetworkStack> stations = new ArrayList<>();
  private final List<Sent> sent = new ArrayList<>();
  private final List<Packet> arrived = new ArrayList<>();
  private final List<Integer> arrivedAt = new ArrayList<>();
  private final Defect defect;
  private int sourcePort = 1_024;

  Bench(Defect defect) {
    this.defect = defect;
    for (int subnet = 0; subnet < Stations.SUBNETS; subnet++) {
      router
          .addPort("r" + subnet, new MacAddress(ROUTER_MAC + subnet), network, 10 + subnet)
          .addAddress(Stations.gateway(subnet, true), 16)
          .addAddress(Stations.gateway(subnet, false), 64);
    }
    for (int number = 0; number < Stations.ALL; number++) {
      stations.add(newStation(number));
    }
  }

  private NetworkStack newStation(int number) {
    Endpoint self = Stations.station(number);
    int subnet = Stations.subnetOfStation(number);
    Tap tap = new Tap(number);
    SwitchPort port = network.addPort(self.name(), tap, VlanMode.access(10 + subnet));
    NetworkStack stack =
        new NetworkStack(world, self, new Inbox(world, self.name(), 100_000), port);
    tap.stack = stack;
    stack
        .routes()
        .addOnLink(Stations.subnet(subnet, true))
        .addOnLink(Stations.subnet(subnet, false))
        .addGateway(Stations.gateway(subnet, true))
        .addGateway(Stations.gateway(subnet, false));
    return stack;
  }

  /** Between the switch and a station: notes what comes, after the defect was at it. */
  private final class Tap implements PacketSink {
    private final int number;
    private @Nullable NetworkStack stack;

    Tap(int number) {
      this.number = number;
    }

    @Override
    public void accept(Packet packet) {
      taps.addReceived();
      boolean routed =
          packet.ipVersion() != 0
              && packet.timeToLive() < 255
              && packet.sourceMacBits() >>> 16 == ROUTER_MAC >>> 16;
      for (Packet each : routed ? Harm.done(defect, packet, world, taps) : List.of(packet)) {
        if (routed && Stations.station(number).mac().equals(each.destinationMac())) {
          arrived.add(each);
          arrivedAt.add(number);
        }
        taps.addSent();
        if (stack != null) {
          stack.accept(each);
        }
      }
    }
  }

  // ---- what happens ----

  Bench run(List<Step> script) {
    for (Step step : script) {
      if (step instanceof Step.Send send) {
        send(send);
      } else if (step instanceof Step.AddRoute add) {
        twin.apply(add);
        addRoute(add);
      } else if (step instanceof Step.RemoveRoute remove) {
        removeRoute(remove);
      } else if (step instanceof Step.SetMtu mtu) {
        twin.apply(mtu);
        if (defect != Defect.MTU_IGNORED) {
          router.port("r" + mtu.subnet()).setMtu(mtu.mtu());
        }
      }
    }
    return this;
  }

  private void addRoute(Step.AddRoute step) {
    IpPrefix prefix = step.prefix();
    if (defect == Defect.ROUTE_IGNORED) {
      return;
    }
    if (defect == Defect.PREFIX_TOO_SHORT && prefix.length() > 12) {
      prefix = IpPrefix.around(prefix.network(), prefix.length() - 9);
    }
    boolean v4 = prefix.network().version() == 4;
    router.routes().add(prefix, Stations.addressOf(step.gateway(), v4));
  }

  private void removeRoute(Step.RemoveRoute step) {
    twin.apply(step);
    if (defect != Defect.ROUTE_STAYS) {
      router.routes().remove(step.prefix());
    }
  }

  private void send(Step.Send send) {
    arrived.clear();
    arrivedAt.clear();
    NetworkStack from = stations.get(send.from());
    UdpSpec spec =
        udp()
            .to(send.to())
            .fromPort(sourcePort++)
            .port(7)
            .ttl(send.hops())
            .payloadSize(send.bytes());
    UdpSpec query = send.whole() && send.to().version() == 4 ? spec.dontFragment() : spec;
    RoutingTwin.Fate expected = twin.fateOf(send);
    Packet packet = world.call(() -> from.send(query));
    world.advance(UNTIL_GIVEN_UP);
    note(packet, expected);
  }

  private void note(Packet packet, RoutingTwin.Fate expected) {
    List<Packet> data = new ArrayList<>();
    List<Integer> to = new ArrayList<>();
    List<Packet> errors = new ArrayList<>();
    for (int i = 0; i < arrived.size(); i++) {
      Packet each = arrived.get(i);
      if (each.is(IpProtocol.ICMP) || each.is(IpProtocol.ICMPV6)) {
        errors.add(each);
      } else {
        data.add(each);
        to.add(arrivedAt.get(i));
      }
    }
    sent.add(new Sent(packet, expected, data, to, inInbox(packet), errors, reasonOf(packet)));
  }

  private @Nullable Packet inInbox(Packet packet) {
    Packet found = null;
    for (NetworkStack station : stations) {
      for (Packet each : station.inbox().packets()) {
        found = each.sourcePort() == packet.sourcePort() ? each : found;
      }
      station.inbox().clear();
    }
    return found;
  }

  private @Nullable DropReason reasonOf(Packet packet) {
    for (Hop hop : world.journal().trace(packet).hops()) {
      if (hop.stage() == Stage.ROUTER && hop.reason() != null) {
        return hop.reason();
      }
    }
    return null;
  }

  // ---- what happened ----

  List<Sent> sent() {
    return sent;
  }

  List<String> ledgerViolations() {
    return world.ledger().violations();
  }
}
