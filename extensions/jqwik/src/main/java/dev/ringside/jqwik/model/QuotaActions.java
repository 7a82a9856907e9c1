// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.model;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.host.Host;
import dev.ringside.jqwik.model.QuotaStep.What;
import dev.ringside.memory.Block;
import dev.ringside.memory.BlockRequest;
import dev.ringside.memory.MemorySize;
import dev.ringside.memory.Quota;
import dev.ringside.nic.NicConfig;
import dev.ringside.packet.IpProtocol;
import dev.ringside.packet.Packet;
import dev.ringside.packet.Packets;
import dev.ringside.ring.Waiter;
import dev.ringside.trace.DropReason;
import dev.ringside.vm.VirtualMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.ActionChainArbitrary;

/**
 * Chains of what can happen to a virtual machine with a quota, each step done to a lab and to its
 * naive twin, which must then agree.
 *
 * <pre>{@code
 * @Provide
 * Arbitrary<ActionChain<QuotaActions.Pair>> chains() {
 *   return QuotaActions.chains(3_000, 8);
 * }
 *
 * @Property
 * void lab_and_twin_agree(@ForAll("chains") ActionChain<QuotaActions.Pair> chain) {
 *   chain.run().close();
 * }
 * }</pre>
 */
public final class QuotaActions {

  /** The shortest frame that a step sends. */
  public static final int SHORTEST = 60;

  private static final int HEADERS = 42;
  private static final int LONGEST = 1_514;

  private QuotaActions() {}

  /** Chains on a machine with this limit and rings of so many packets. */
  public static ActionChainArbitrary<Pair> chains(long limit, int ringCapacity) {
    ActionChainArbitrary<Pair> chains =
        ActionChain.startWith(() -> new Pair(new QuotaTwin(limit, ringCapacity), ringCapacity));
    return chains.withAction(new AnyStep<>(steps(limit), Pair::apply));
  }

  /** Single steps around this limit: sizes that just fit, or just do not, come often. */
  public static Arbitrary<QuotaStep> steps(long limit) {
    int around = (int) Math.min(limit, LONGEST);
    Arbitrary<Integer> sizes =
        Arbitraries.oneOf(
            Arbitraries.of(SHORTEST, 1_442, LONGEST),
            Arbitraries.integers().between(Math.max(SHORTEST, around / 2 - 1), around / 2 + 1),
            Arbitraries.integers().between(SHORTEST, LONGEST));
    Arbitrary<Integer> few = Arbitraries.integers().between(0, 4);
    Arbitrary<Integer> limits =
        Arbitraries.integers().between(SHORTEST, (int) Math.min(2 * limit, 100_000));
    return Arbitraries.frequencyOf(
        Tuple.of(8, of(What.SEND, sizes)),
        Tuple.of(6, of(What.RELEASE, few)),
        Tuple.of(3, of(What.REQUEST, sizes)),
        Tuple.of(3, of(What.RELEASE_BLOCK, few)),
        Tuple.of(1, of(What.CANCEL, few)),
        Tuple.of(2, of(What.LIMIT, limits)),
        Tuple.of(1, of(What.FAIL_OVER, few)));
  }

  private static Arbitrary<QuotaStep> of(What what, Arbitrary<Integer> amounts) {
    return Combinators.combine(Arbitraries.just(what), amounts).as(QuotaStep::new);
  }

  /**
   * A lab and its twin.
   *
   * <pre>{@code
   * try (QuotaActions.Pair pair = new QuotaActions.Pair(new QuotaTwin(3_000, 8), 8)) {
   *   pair.apply(new QuotaStep(QuotaStep.What.SEND, 1_442));
   * }
   * }</pre>
   */
  public static final class Pair implements AutoCloseable {

    private final Lab lab;
    private final Host host;
    private final VirtualMachine web;
    private final Quota quota;
    private final QuotaTwin twin;
    private final List<BlockRequest> requests = new ArrayList<>();
    private int number;

    /** A lab with rings of so many packets, and what to compare it with. */
    public Pair(QuotaTwin twin, int ringCapacity) {
      LabBuilder builder = Lab.builder();
      builder
          .host("h1")
          .pnics(2)
          .nic(NicConfig.DEFAULT.withVirtualFunctions(1).withRingCapacity(ringCapacity))
          .vms("web");
      this.lab = builder.open();
      this.host = lab.host();
      this.web = host.vm("web");
      this.quota = host.memory().reserve("web", MemorySize.bytes(twin.limit()));
      this.twin = twin;
    }

    /** The lab. */
    public Lab lab() {
      return lab;
    }

    /** The quota. */
    public Quota quota() {
      return quota;
    }

    /** The twin. */
    public QuotaTwin twin() {
      return twin;
    }

    /** Lets it happen to both. */
    public void apply(QuotaStep step) {
      int amount = step.amount();
      switch (step.what()) {
        case SEND -> send(amount);
        case RELEASE -> {
          web.inbox().release(amount);
          twin.releases(amount);
        }
        case REQUEST -> {
          requests.add(quota.request(MemorySize.bytes(amount)));
          twin.requests(amount);
        }
        case RELEASE_BLOCK -> {
          releaseBlock();
          twin.releasesBlock();
        }
        case CANCEL -> {
          for (Waiter waiter : quota.waiters().stream().limit(1).toList()) {
            waiter.cancel();
          }
          twin.cancels();
        }
        case LIMIT -> {
          quota.setLimit(MemorySize.bytes(amount));
          twin.limit(amount);
        }
        case FAIL_OVER -> {
          String active = Objects.requireNonNull(web.directAccessThrough(), "direct access");
          host.pnic(active).fail();
          host.pnic(active).repair();
          twin.failsOver();
        }
      }
      compare(step);
    }

    private void send(int bytes) {
      number++;
      lab.wire().send(Packets.udp().to(web).port(53).fromPort(number).payloadSize(bytes - HEADERS));
      twin.arrives(number, bytes);
    }

    /** The one that was granted first. */
    private void releaseBlock() {
      Block oldest = null;
      for (BlockRequest request : requests) {
        Block block = request.isGranted() ? request.block() : null;
        if (block != null && block.isLive() && (oldest == null || block.id() < oldest.id())) {
          oldest = block;
        }
      }
      if (oldest != null) {
        oldest.release();
      }
    }

    private void compare(QuotaStep step) {
      Agreement.check(step, "number of bytes in use", twin.used(), quota.used());
      Agreement.check(step, "traffic received", twin.received(), received());
      Agreement.check(step, "number of packets held", twin.held(), web.inbox().held());
      Agreement.check(step, "number of blocks", twin.blocks(), quota.live() - twin.held());
      Agreement.check(
          step,
          "list of waits",
          twin.waits(),
          quota.waiters().stream().map(Waiter::amount).toList());
      Agreement.check(step, "number of packets in rings", (long) twin.inRing(), inRings());
      checkDrops(step, DropReason.OVER_QUOTA_FOREVER, twin.tooLong());
      checkDrops(step, DropReason.RING_FULL, twin.refused());
      checkDrops(step, DropReason.CANCELLED, twin.cancelled());
      checkDrops(step, DropReason.PNIC_FAILED, twin.lost());
      if (!lab.ledger().violations().isEmpty()) {
        throw new AssertionError("after '" + step + "': " + lab.ledger().violations());
      }
    }

    private void checkDrops(QuotaStep step, DropReason reason, long expected) {
      Agreement.check(step, "number of " + reason, expected, lab.ledger().dropped(reason));
    }

    private long inRings() {
      return host.pnic("p0").account().live() + host.pnic("p1").account().live();
    }

    private List<Integer> received() {
      List<Integer> numbers = new ArrayList<>();
      for (Packet packet : web.received()) {
        if (packet.is(IpProtocol.UDP)) {
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
      return quota.toString();
    }
  }
}
