// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.model;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.host.Host;
import dev.ringside.host.VmSpec;
import dev.ringside.jqwik.Attack;
import dev.ringside.jqwik.AttackMix;
import dev.ringside.jqwik.model.SteeringStep.What;
import dev.ringside.nic.NicConfig;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.nic.StandbyRing;
import dev.ringside.packet.Endpoint;
import dev.ringside.packet.Packet;
import dev.ringside.steering.Containment;
import dev.ringside.trace.DropReason;
import dev.ringside.vm.VirtualMachine;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.ActionChainArbitrary;

/**
 * Chains of what can happen to a host that is attacked: attacks that come, overlap, are contained
 * and end, and cards that fail; each step done to a lab and to its naive twin, which must then
 * agree.
 *
 * <pre>{@code
 * @Provide
 * Arbitrary<ActionChain<SteeringActions.Pair>> chains() {
 *   return SteeringActions.chains(true, 2, 8);
 * }
 *
 * @Property
 * void lab_and_twin_agree(@ForAll("chains") ActionChain<SteeringActions.Pair> chain) {
 *   chain.run().close();
 * }
 * }</pre>
 */
public final class SteeringActions {

  private static final double GOOD_SHARE = 0.3;
  private static final int MOST_NUMBERS = 1 << 16;

  private SteeringActions() {}

  /**
   * Chains on a host of two cards.
   *
   * @param direct whether the guest that is attacked has direct access
   * @param rings how many standby rings a card has
   * @param capacity how many packets each of them holds
   */
  public static ActionChainArbitrary<Pair> chains(boolean direct, int rings, int capacity) {
    ActionChainArbitrary<Pair> chains =
        ActionChain.startWith(() -> new Pair(direct, rings, capacity));
    return chains.withAction(new AnyStep<>(steps(), Pair::apply));
  }

  /** Single steps; most are packets, and most packets belong to attacks. */
  public static Arbitrary<SteeringStep> steps() {
    Arbitrary<What> kinds =
        Arbitraries.frequency(
            Tuple.of(20, What.SEND),
            Tuple.of(4, What.CONTAIN),
            Tuple.of(2, What.REMOVE),
            Tuple.of(1, What.DISCARD),
            Tuple.of(1, What.FAIL_OVER));
    Arbitrary<Attack> attacks = Arbitraries.of(Attack.values());
    Arbitrary<Integer> numbers = Arbitraries.integers().between(0, MOST_NUMBERS);
    return kinds.flatMap(
        what ->
            Combinators.combine(attacks.injectNull(what == What.SEND ? GOOD_SHARE : 0), numbers)
                .as((attack, number) -> new SteeringStep(what, attack, number)));
  }

  /**
   * A lab and its twin.
   *
   * <pre>{@code
   * try (SteeringActions.Pair pair = new SteeringActions.Pair(true, 2, 8)) {
   *   pair.apply(new SteeringStep(SteeringStep.What.CONTAIN, Attack.SYN_FLOOD, 0));
   *   pair.apply(new SteeringStep(SteeringStep.What.SEND, Attack.SYN_FLOOD, 17));
   * }
   * }</pre>
   */
  public static final class Pair implements AutoCloseable {

    private final Lab lab;
    private final Host host;
    private final VirtualMachine web;
    private final SteeringTwin twin;
    private final Map<Attack, Containment> containments = new EnumMap<>(Attack.class);

    /** Two that agree. */
    public Pair(boolean direct, int rings, int capacity) {
      this(direct, rings, capacity, web -> new SteeringTwin(web, direct, rings, capacity));
    }

    /** A lab of this shape, and what to compare it with, made for the guest that is attacked. */
    public Pair(boolean direct, int rings, int capacity, Function<Endpoint, SteeringTwin> newTwin) {
      VmSpec spec = VmSpec.named("web");
      NicConfig card =
          NicConfig.DEFAULT
              .withVirtualFunctions(1)
              .withStandbyRings(rings)
              .withStandbyRingCapacity(capacity);
      LabBuilder builder = Lab.builder();
      builder.host("h1").pnics(2).nic(card).vm(direct ? spec : spec.switched());
      this.lab = builder.open();
      this.host = lab.host();
      this.web = host.vm("web");
      this.twin = newTwin.apply(web);
      web.announce(); // so that nothing is flooded outside
    }

    /** The lab. */
    public Lab lab() {
      return lab;
    }

    /** The guest that is attacked. */
    public VirtualMachine victim() {
      return web;
    }

    /** The twin. */
    public SteeringTwin twin() {
      return twin;
    }

    /** Lets it happen to both. */
    public void apply(SteeringStep step) {
      Attack attack = step.attack();
      if (step.what() == What.SEND) {
        AttackMix.Part part = new AttackMix.Part(0, attack, step.number());
        twin.receive(lab.wire().send(part.to(web)));
      } else if (step.what() == What.FAIL_OVER) {
        PhysicalNic former = active();
        former.fail();
        former.repair();
        twin.failOver();
      } else if (attack != null) {
        steer(step.what(), attack);
      }
      compare(step);
    }

    private void steer(What what, Attack attack) {
      Containment containment = containments.get(attack);
      if (what == What.CONTAIN) {
        containments.put(attack, host.steering().contain(attack.signature(web)));
        twin.contain(attack);
      } else if (what == What.REMOVE && containment != null) {
        containment.remove();
        containments.remove(attack);
        twin.remove(attack);
      } else if (what == What.DISCARD && containment != null) {
        containment.standbyRings().forEach(StandbyRing::discard);
        twin.discard(attack);
      }
    }

    private PhysicalNic active() {
      return host.pnic(String.valueOf(host.aggregator().activeName()));
    }

    private void compare(SteeringStep step) {
      PhysicalNic nic = active();
      for (int i = 0; i < twin.rings(); i++) {
        Agreement.check(
            step, "content of ring " + i, ids(twin.ring(i)), ids(nic.standbyRing(i).packets()));
      }
      Agreement.check(step, "traffic received", ids(twin.delivered()), ids(received()));
      checkDrops(step, DropReason.CONTAINED_SW, twin.inSoftware());
      checkDrops(step, DropReason.CONTAINED, twin.dropped());
      checkDrops(step, DropReason.PNIC_FAILED, twin.lost());
      if (!lab.ledger().violations().isEmpty()) {
        throw new AssertionError("after '" + step + "': " + lab.ledger().violations());
      }
    }

    private void checkDrops(SteeringStep step, DropReason reason, long expected) {
      Agreement.check(step, "number of " + reason, expected, lab.ledger().dropped(reason));
    }

    /** Without answers to what the guest has asked itself, such as ARP. */
    private List<Packet> received() {
      List<Packet> received = new ArrayList<>();
      for (Packet packet : web.received()) {
        if (packet.ipVersion() != 0) {
          received.add(packet);
        }
      }
      return received;
    }

    private static List<Long> ids(List<Packet> packets) {
      return packets.stream().map(Packet::id).toList();
    }

    /** Ends the lab. */
    @Override
    public void close() {
      lab.close();
    }

    @Override
    public String toString() {
      return lab.toString();
    }
  }
}
