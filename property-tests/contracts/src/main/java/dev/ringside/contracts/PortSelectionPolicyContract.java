// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.contracts;

import static dev.ringside.packet.Packets.udp;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.aggregate.ActivePort;
import dev.ringside.aggregate.Aggregation;
import dev.ringside.aggregate.PortSelectionPolicy;
import dev.ringside.host.Host;
import dev.ringside.jqwik.PacketArbitraries;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.vm.VirtualMachine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * What must hold for a {@link PortSelectionPolicy}.
 *
 * <pre>{@code
 * class ByTenantTest implements PortSelectionPolicyContract {
 *   @Override
 *   public PortSelectionPolicy policy() {
 *     return new ByTenant();
 *   }
 * }
 * }</pre>
 */
public interface PortSelectionPolicyContract {

  /** A new policy each time, as a lab would get it. */
  PortSelectionPolicy policy();

  /**
   * Whether it uses every NIC once there are many connections. Yes, unless overridden, as by a
   * policy that prefers one.
   */
  default boolean usesAll() {
    return true;
  }

  /**
   * It chooses one of those that it is given, whatever the packet is, and leaves the list alone.
   */
  @Property(tries = 300)
  default void chooses_one_of_the_list(
      @ForAll("selectedPorts") List<ActivePort> ports,
      @ForAll("firstPackets") List<Packet> packets) {
    PortSelectionPolicy policy = policy();
    for (int i = 0; i < packets.size(); i++) {
      ActivePort chosen = choose(policy, packets.get(i), i, ports);
      if (!ports.contains(chosen)) {
        throw Broken.contract(
            "port selection policy",
            policy,
            "chose " + chosen + ", which is not among " + names(ports),
            "choose one of those that it is given");
      }
    }
  }

  /** Two new ones that are asked the same questions give the same answers. */
  @Property(tries = 200)
  default void is_the_same_in_every_run(
      @ForAll("selectedPorts") List<ActivePort> ports,
      @ForAll("firstPackets") List<Packet> packets) {
    PortSelectionPolicy one = policy();
    PortSelectionPolicy other = policy();
    for (int i = 0; i < packets.size(); i++) {
      Packet same = Packet.of(packets.get(i).toByteArray());
      ActivePort first = choose(one, packets.get(i), i, ports);
      ActivePort second = choose(other, same, i, ports);
      if (!ports.contains(first) || !first.equals(second)) {
        throw Broken.contract(
            "port selection policy",
            one,
            "chose " + first + " in one run and " + second + " in another",
            "decide by bytes, number and list alone, not by chance, time or identity");
      }
    }
  }

  /** With many connections each NIC gets some of them, if all are equally fast. */
  @Property(tries = 20)
  default void uses_every_port(@ForAll("selectedPorts") List<ActivePort> ports) {
    PortSelectionPolicy policy = policy();
    Map<String, Integer> connections = new LinkedHashMap<>();
    for (ActivePort port : ports) {
      connections.put(port.name(), 0);
    }
    SplittableRandom random = new SplittableRandom(ports.size());
    for (int i = 0; i < 100 * ports.size(); i++) {

      Packet packet =
          udp()
              .fromMac("02:00:00:00:00:ff")
              .from("192.0.2.254")
              .toMac(new MacAddress(0x0200_0000_0000L + random.nextInt(1, 250)))
              .to("192.0.2." + random.nextInt(1, 250))
              .fromPort(random.nextInt(1_024, 65_536))
              .port(random.nextInt(1, 1_024))
              .toPacket();
      ActivePort chosen = choose(policy, packet, i, with(ports, connections));
      connections.merge(chosen.name(), 1, Integer::sum);
    }
    if (usesAll() && connections.containsValue(0)) {
      throw Broken.contract(
          "port selection policy",
          policy,
          "spread " + 100 * ports.size() + " connections like this: " + connections,
          "use every NIC, or override usesAll()");
    }
  }

  /** In a host that uses it nothing is lost, and a connection stays where it is. */
  @Property(tries = 30)
  default void keeps_connections_where_they_are(@ForAll("connections") List<Integer> ports) {
    LabBuilder builder = Lab.builder();
    builder
        .host("h1")
        .pnics(3)
        .virtualFunctions(2)
        .vms("web")
        .aggregation(Aggregation.ACTIVE_ACTIVE)
        .portSelection(policy());
    try (Lab lab = builder.open()) {
      Host host = lab.host();
      VirtualMachine web = host.vm("web");
      Map<Integer, Map<String, Long>> former = new LinkedHashMap<>();
      for (int port : ports) {
        Map<String, Long> before = sent(host);
        web.send(udp().to(lab.wire()).fromPort(port).port(53));
        Map<String, Long> through = difference(before, sent(host));
        Map<String, Long> usual = former.putIfAbsent(port, through);
        if (usual != null && !usual.equals(through)) {
          throw Broken.contract(
              "port selection policy",
              web.aggregator().policy(),
              "moved the connection from port " + port + " from " + usual + " to " + through,
              "leave it to the aggregator to remember connections");
        }
      }
      if (lab.wire().received().size() != ports.size()) {
        throw Broken.contract(
            "port selection policy",
            web.aggregator().policy(),
            "lost " + (ports.size() - lab.wire().received().size()) + " of " + ports.size(),
            "choose one of the NICs that it is given");
      }
    }
  }

  private static Map<String, Long> sent(Host host) {
    Map<String, Long> sent = new LinkedHashMap<>();
    host.pnics().forEach(nic -> sent.put(nic.name(), nic.counters().sentPackets()));
    return sent;
  }

  private static Map<String, Long> difference(Map<String, Long> before, Map<String, Long> after) {
    Map<String, Long> difference = new LinkedHashMap<>();
    after.forEach(
        (name, count) -> {
          long more = count - before.getOrDefault(name, 0L);
          if (more != 0) {
            difference.put(name, more);
          }
        });
    return difference;
  }

  private static ActivePort choose(
      PortSelectionPolicy policy, Packet first, long number, List<ActivePort> ports) {
    return Broken.ask(
        "port selection policy",
        policy,
        first + " and " + names(ports),
        () -> policy.choose(first, number, List.copyOf(ports)));
  }

  private static List<ActivePort> with(List<ActivePort> ports, Map<String, Integer> connections) {
    List<ActivePort> counted = new ArrayList<>();
    for (ActivePort port : ports) {
      int count = connections.getOrDefault(port.name(), 0);
      counted.add(new ActivePort(port.name(), port.order(), 0, count));
    }
    return counted;
  }

  private static List<String> names(List<ActivePort> ports) {
    return ports.stream().map(ActivePort::name).toList();
  }

  /** One to six NICs, in the configured order, with gaps. */
  @Provide
  default Arbitrary<List<ActivePort>> selectedPorts() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 9).set().ofMinSize(1).ofMaxSize(6),
            Arbitraries.of(0L, 1_000_000_000L, 10_000_000_000L).list().ofSize(6),
            Arbitraries.integers().between(0, 40).list().ofSize(6))
        .as(
            (orders, speeds, connections) -> {
              List<ActivePort> ports = new ArrayList<>();
              for (int order : orders.stream().sorted().toList()) {
                int at = ports.size();
                ports.add(new ActivePort("p" + order, order, speeds.get(at), connections.get(at)));
              }
              return ports;
            });
  }

  /** First packets of connections: well-formed, at the edges, and malformed ones. */
  @Provide
  default Arbitrary<List<Packet>> firstPackets() {
    return PacketArbitraries.anything().list().ofMinSize(1).ofMaxSize(8);
  }

  /** The source ports of packets that are sent one after the other; some come again. */
  @Provide
  default Arbitrary<List<Integer>> connections() {
    return Arbitraries.integers().between(2_000, 2_009).list().ofMinSize(2).ofMaxSize(20);
  }
}
