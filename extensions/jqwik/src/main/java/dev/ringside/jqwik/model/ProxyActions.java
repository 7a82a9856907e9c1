// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.model;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.host.Host;
import dev.ringside.host.Proxies;
import dev.ringside.host.VmSpec;
import dev.ringside.jqwik.model.ProxyStep.What;
import dev.ringside.memory.MemorySize;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.Packets;
import dev.ringside.packet.UdpSpec;
import dev.ringside.virt.Channel;
import dev.ringside.virt.ProxyConfig;
import dev.ringside.virt.WhenFull;
import dev.ringside.vm.VirtualMachine;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.ActionChainArbitrary;

/**
 * Chains of what can happen to virtual machines that reach each other by proxies, each step done to
 * a lab and to its naive twin, which must then agree.
 *
 * <pre>{@code
 * @Provide
 * Arbitrary<ActionChain<ProxyActions.Pair>> chains() {
 *   return ProxyActions.chains(3, 2, 0);
 * }
 *
 * @Property
 * void lab_and_twin_agree(@ForAll("chains") ActionChain<ProxyActions.Pair> chain) {
 *   chain.run().close();
 * }
 * }</pre>
 */
public final class ProxyActions {

  private static final int MOST_AT_ONCE = 4;
  private static final int PAYLOAD = 100;
  private static final int FRAME = PAYLOAD + 42;
  private static final int NUMBERS = 10_000;

  private ProxyActions() {}

  /**
   * Chains on so many virtual machines.
   *
   * @param vms 2 or more
   * @param capacity of each channel
   * @param memory how many packets each has memory for; 0: any number. With limited memory no
   *     virtual machine comes or goes, and no announcement is lost
   */
  public static ActionChainArbitrary<Pair> chains(int vms, int capacity, int memory) {
    ActionChainArbitrary<Pair> chains =
        ActionChain.startWith(() -> new Pair(vms, capacity, memory));
    return chains.withAction(new AnyStep<>(steps(vms, memory), Pair::apply));
  }

  /** Single steps; packets come more often than anything else. */
  public static Arbitrary<ProxyStep> steps(int vms, int memory) {
    return Combinators.combine(
            Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.of(What.SEND)),
                Tuple.of(1, Arbitraries.of(What.BROADCAST, What.CAPACITY, What.DROP, What.WAIT)),
                Tuple.of(4, Arbitraries.of(What.RELEASE, What.PAUSE, What.RESUME)),
                Tuple.of(3, Arbitraries.of(What.HOLD, What.LET_GO, What.POLL)),
                Tuple.of(
                    2,
                    memory > 0
                        ? Arbitraries.of(What.RELEASE)
                        : Arbitraries.of(What.LOSE, What.REPEAT, What.LEAVE, What.COME))),
            Arbitraries.integers().between(0, vms - 1),
            Arbitraries.integers().between(1, vms - 1),
            Arbitraries.integers().between(0, MOST_AT_ONCE))
        .as((what, from, on, amount) -> new ProxyStep(what, from, (from + on) % vms, amount));
  }

  /**
   * A lab and its twin.
   *
   * <pre>{@code
   * try (ProxyActions.Pair pair = new ProxyActions.Pair(2, 4, 0)) {
   *   pair.apply(new ProxyStep(ProxyStep.What.SEND, 0, 1, 3));
   * }
   * }</pre>
   */
  public static final class Pair implements AutoCloseable {

    private final Lab lab;
    private final Host host;
    private final Proxies proxies;
    private final List<VirtualMachine> vms;
    private final ProxyTwin twin;
    private final int memory;
    private int number;

    /** Two that agree. */
    public Pair(int vms, int capacity, int memory) {
      this(vms, capacity, memory, new ProxyTwin(vms, capacity, memory));
    }

    /** A lab of this shape, and what to compare it with. */
    public Pair(int vms, int capacity, int memory, ProxyTwin twin) {
      LabBuilder builder = Lab.builder();
      String[] names = new String[vms];
      for (int i = 0; i < vms; i++) {
        names[i] = "vm" + i;
      }
      builder.host("h1").vms(names).proxies(ProxyConfig.DEFAULT.withCapacity(capacity));
      this.lab = builder.open();
      this.host = lab.host();
      this.proxies = host.proxies();
      this.vms = new ArrayList<>(host.vms());
      this.memory = memory;
      this.twin = twin;
      for (int i = 0; i < vms && memory > 0; i++) {
        host.memory().reserve(names[i], MemorySize.bytes((long) memory * FRAME));
      }
    }

    /** The lab. */
    public Lab lab() {
      return lab;
    }

    /** The twin. */
    public ProxyTwin twin() {
      return twin;
    }

    /** Lets it happen to both, unless somebody would have to do it who has ended. */
    public void apply(ProxyStep step) {
      int from = step.from();
      int to = step.to();
      if (step.what() == What.COME) {
        if (twin.isGone(from)) {
          come(from);
        }
      } else if (!twin.isGone(from)) {
        if (!applyToOne(step) && !twin.isGone(to)) {
          applyToTwo(step, proxies.channel("vm" + from, "vm" + to));
        }
      }
      compare(step);
    }

    private void come(int vm) {
      VirtualMachine former = vms.get(vm);
      VmSpec spec =
          VmSpec.named(former.name())
              .mac(former.mac().toString())
              .ipv4(former.ipv4().toString())
              .ipv6(former.ipv6().toString());
      vms.set(vm, host.addVm(spec));
      twin.comes(vm);
    }

    /** False if it is a matter of two. */
    private boolean applyToOne(ProxyStep step) {
      int vm = step.from();
      VirtualMachine machine = vms.get(vm);
      switch (step.what()) {
        case SEND -> send(vm, step.to(), step.amount());
        case BROADCAST -> broadcast(vm);
        case RELEASE -> {
          machine.inbox().release(step.amount());
          twin.releases(vm, step.amount());
        }
        case PAUSE -> {
          machine.pause();
          twin.pauses(vm, true);
        }
        case RESUME -> {
          machine.resume();
          twin.pauses(vm, false);
        }
        case LEAVE -> {
          host.removeVm(machine.name());
          twin.leaves(vm);
        }
        default -> {
          return false;
        }
      }
      return true;
    }

    private UdpSpec next(int from) {
      number++;
      return Packets.udp().fromPort(from * NUMBERS + number).port(7).payloadSize(PAYLOAD);
    }

    private void send(int from, int to, int packets) {
      for (int i = 0; i < packets; i++) {
        vms.get(from).send(next(from).to(vms.get(to)));
        twin.sends(from, to, from * NUMBERS + number);
      }
    }

    private void broadcast(int from) {
      vms.get(from).send(next(from).toMac(MacAddress.BROADCAST).to("255.255.255.255"));
      twin.sends(from, ProxyTwin.ALL, from * NUMBERS + number);
    }

    private void applyToTwo(ProxyStep step, Channel channel) {
      int from = step.from();
      int to = step.to();
      switch (step.what()) {
        case HOLD, LET_GO -> {
          channel.setPolled(step.what() == What.HOLD);
          twin.holds(from, to, step.what() == What.HOLD);
        }
        case POLL ->
            Agreement.check(
                step,
                "number of packets polled",
                twin.polled(from, to, step.amount()),
                channel.poll(step.amount()));
        case CAPACITY -> {
          channel.setCapacity(step.amount());
          twin.hasCapacity(from, to, step.amount());
        }
        case DROP, WAIT -> {
          channel.setWhenFull(step.what() == What.DROP ? WhenFull.DROP : WhenFull.WAIT);
          twin.drops(from, to, step.what() == What.DROP);
        }
        case LOSE, REPEAT -> know(from, to, step.what() == What.REPEAT);
        default -> throw new AssertionError(step);
      }
    }

    private void know(int from, int to, boolean known) {
      VirtualMachine peer = vms.get(to);
      if (known) {
        proxies.announceTo("vm" + from, peer.name(), peer.mac());
      } else {
        proxies.withdrawFrom("vm" + from, peer.name(), peer.mac());
      }
      twin.knows(from, to, known);
    }

    // ---- comparing ----

    private void compare(ProxyStep step) {
      for (int vm = 0; vm < vms.size(); vm++) {
        if (!twin.isGone(vm)) {
          compare(step, vm);
        }
      }
      Agreement.check(step, "number of waiters", twin.waiters(), lab.waiters().size());
      if (!lab.ledger().violations().isEmpty()) {
        throw new AssertionError("after '" + step + "': " + lab.ledger().violations());
      }
    }

    private void compare(ProxyStep step, int vm) {
      String name = "vm" + vm;
      Agreement.check(
          step,
          "number of packets that wait in " + name,
          twin.waiting(vm),
          proxies.vnic(name).waiting());
      if (memory > 0) {
        Agreement.check(
            step,
            "memory in use of " + name,
            (long) twin.used(vm) * FRAME,
            host.memory().quota(name).used());
      }
      for (int peer = 0; peer < vms.size(); peer++) {
        if (peer != vm) {
          Agreement.check(
              step,
              "traffic from vm" + peer + " to " + name,
              twin.received(vm, peer),
              numbers(vms.get(vm).received(), peer));
          if (!twin.isGone(peer)) {
            Channel channel = proxies.channel(name, "vm" + peer);
            String what = "content of channel " + channel.name();
            Agreement.check(step, what, twin.content(vm, peer), numbers(channel.packets(), vm));
            Agreement.check(
                step,
                "number of losses of channel " + channel.name(),
                (long) twin.lost(vm, peer),
                channel.account().dropped());
          }
        }
      }
    }

    private static List<Integer> numbers(List<Packet> packets, int from) {
      List<Integer> numbers = new ArrayList<>();
      for (Packet packet : packets) {
        if (packet.sourcePort() / NUMBERS == from) {
          numbers.add(packet.sourcePort());
        }
      }
      return numbers;
    }

    /** Ends the lab. */
    @Override
    public void close() {
      lab.close();
    }

    @Override
    public String toString() {
      return proxies.toString();
    }
  }
}
