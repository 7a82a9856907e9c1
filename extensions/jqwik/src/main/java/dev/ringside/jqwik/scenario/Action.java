// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.scenario;

import dev.ringside.Lab;
import dev.ringside.aggregate.Aggregation;
import dev.ringside.aggregate.LinkAggregator;
import dev.ringside.host.Host;
import dev.ringside.host.VmSpec;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.vm.VirtualMachine;
import dev.ringside.wire.Selector;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What a {@link Step} can do. Scripts are made of a set of them.
 *
 * <pre>{@code
 * Scenarios.of(Action.failover(), Action.traffic()); // no faults on the wires
 * }</pre>
 */
public enum Action {
  /** A NIC fails. */
  FAIL("fail {s}", (lab, step) -> nic(lab, step).fail()),
  /** A NIC is repaired. */
  REPAIR("repair {s}", (lab, step) -> nic(lab, step).repair()),
  /** A NIC dies with its link up. */
  HANG("hang {s}", (lab, step) -> nic(lab, step).hang()),
  /** The link of a NIC is turned off. */
  LINK_DOWN("link down {s}", (lab, step) -> nic(lab, step).linkDown()),
  /** The link of a NIC is turned on. */
  LINK_UP("link up {s}", (lab, step) -> nic(lab, step).linkUp()),
  /** The link of a NIC goes down and up twice, so many nanoseconds each, which pass meanwhile. */
  FLAP("flap {s} every {n} ns", Action::flap),
  /** The cable of a NIC is pulled. */
  UNPLUG("unplug {s}", (lab, step) -> lab.host().cable(step.subject()).unplug()),
  /** The cable of a NIC is plugged in again. */
  PLUG("plug {s}", (lab, step) -> lab.host().cable(step.subject()).plug()),
  /** The aggregation is told to use this NIC, if it is healthy. */
  SWITCH_TO("switch to {s}", Action::switchTo),
  /** A stranger takes a virtual function of a NIC. */
  OCCUPY("occupy a function of {s}", (lab, step) -> Tenant.occupy(lab, nic(lab, step))),
  /** The stranger gives one back. */
  RELEASE("release a function of {s}", (lab, step) -> Tenant.release(nic(lab, step))),
  /** A virtual machine is added, in VLAN {@link Step#amount}. */
  ADD_VM("add {s} in vlan {n}", Action::addVm),
  /** A virtual machine is removed. */
  REMOVE_VM("remove {s}", Action::removeVm),
  /** A virtual machine stops taking packets. */
  PAUSE("pause {s}", (lab, step) -> withVm(lab, step.subject(), VirtualMachine::pause)),
  /** A virtual machine takes packets again. */
  RESUME("resume {s}", (lab, step) -> withVm(lab, step.subject(), VirtualMachine::resume)),
  /** A numbered UDP frame of so many bytes. */
  SEND("send {n} bytes from {s} to {o}", Sending::datagram),
  /** Eight numbered UDP frames of so many bytes at once. */
  BURST("send 8 times {n} bytes from {s} to {o}", Sending::burst),
  /** A ping. */
  PING("ping from {s} to {o}", Sending::ping),
  /** Time passes, in nanoseconds. */
  ADVANCE("advance {n} ns", (lab, step) -> lab.advance(Duration.ofNanos(step.amount()))),
  /** Both directions of all cables take so many nanoseconds. */
  LATENCY("latency {n} ns", Action::latency),
  /** Both directions of all cables carry so many bits a second. */
  BANDWIDTH("bandwidth {n} bit/s", Action::bandwidth),
  /** One in so many packets is lost on the cable of a NIC. */
  LOSE(
      "lose 1 in {n} at {s}",
      (lab, step) -> lab.host().cable(step.subject()).toHost().lose(ratio(step))),
  /** One in so many packets from the NIC is damaged on its cable. */
  CORRUPT(
      "corrupt 1 in {n} at {s}",
      (lab, step) -> lab.host().cable(step.subject()).toNetwork().corrupt(ratio(step))),
  /** One in so many packets is doubled on the cable of a NIC. */
  DUPLICATE(
      "duplicate 1 in {n} at {s}",
      (lab, step) -> lab.host().cable(step.subject()).toHost().duplicate(ratio(step))),
  /** One in so many packets from the NIC is held back on its cable. */
  REORDER(
      "reorder 1 in {n} at {s}",
      (lab, step) ->
          lab.host()
              .cable(step.subject())
              .toNetwork()
              .reorder(ratio(step), Duration.ofNanos(2_000)));

  private static final Set<Action> FAILOVER =
      Collections.unmodifiableSet(EnumSet.range(FAIL, RELEASE));
  private static final Set<Action> GUESTS =
      Collections.unmodifiableSet(EnumSet.range(ADD_VM, RESUME));
  private static final Set<Action> TRAFFIC =
      Collections.unmodifiableSet(EnumSet.range(SEND, ADVANCE));
  private static final Set<Action> CABLES =
      Collections.unmodifiableSet(EnumSet.range(LATENCY, BANDWIDTH));
  private static final Set<Action> WIRE_FAULTS =
      Collections.unmodifiableSet(EnumSet.range(LOSE, REORDER));

  private final String sentence;

  @SuppressWarnings("ImmutableEnumChecker") // lambdas that hold nothing
  private final BiConsumer<Lab, Step> effect;

  Action(String sentence, BiConsumer<Lab, Step> effect) {
    this.sentence = sentence;
    this.effect = effect;
  }

  /** What is done to NICs, their links, their virtual functions and their aggregation. */
  public static Set<Action> failover() {
    return FAILOVER;
  }

  /** What is done to virtual machines. */
  public static Set<Action> guests() {
    return GUESTS;
  }

  /** Packets, and time that passes. */
  public static Set<Action> traffic() {
    return TRAFFIC;
  }

  /** How long and how wide cables are. */
  public static Set<Action> cables() {
    return CABLES;
  }

  /** What goes wrong on cables, by chance. */
  public static Set<Action> wireFaults() {
    return WIRE_FAULTS;
  }

  void run(Lab lab, Step step) {
    effect.accept(lab, step);
  }

  String describe(Step step) {
    return sentence
        .replace("{s}", step.subject())
        .replace("{o}", step.object())
        .replace("{n}", Long.toString(step.amount()));
  }

  private static PhysicalNic nic(Lab lab, Step step) {
    return lab.host().pnic(step.subject());
  }

  private static Selector ratio(Step step) {
    return Selector.ratio(1, Math.max(1, step.amount()));
  }

  private static void flap(Lab lab, Step step) {
    Duration half = Duration.ofNanos(step.amount());
    nic(lab, step).flap(2, half, half);
    lab.advance(half.multipliedBy(3));
  }

  private static void switchTo(Lab lab, Step step) {
    Host host = lab.host();
    if (host.hasAggregator()) {
      LinkAggregator aggregator = host.aggregator();
      boolean oneActive = aggregator.aggregation() == Aggregation.ACTIVE_STANDBY;
      if (oneActive && aggregator.isHealthy(step.subject())) {
        aggregator.switchTo(step.subject());
      }
    }
  }

  private static void addVm(Lab lab, Step step) {
    if (!lab.host().hasVm(step.subject())) {
      lab.host().addVm(VmSpec.named(step.subject()).vlan((int) step.amount()));
    }
  }

  private static void removeVm(Lab lab, Step step) {
    if (lab.host().hasVm(step.subject())) {
      lab.host().removeVm(step.subject());
    }
  }

  private static void withVm(Lab lab, String name, Consumer<VirtualMachine> deed) {
    VirtualMachine vm = Sending.find(lab, name);
    if (vm != null) {
      deed.accept(vm);
    }
  }

  private static void latency(Lab lab, Step step) {
    Duration latency = Duration.ofNanos(step.amount());
    lab.cables()
        .forEach(
            cable -> {
              cable.toHost().setLatency(latency);
              cable.toNetwork().setLatency(latency);
            });
  }

  private static void bandwidth(Lab lab, Step step) {
    lab.cables()
        .forEach(
            cable -> {
              cable.toHost().setBandwidth(step.amount());
              cable.toNetwork().setBandwidth(step.amount());
            });
  }
}
