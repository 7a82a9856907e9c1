// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.model;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.chassis.BladeChassis;
import dev.ringside.chassis.ChassisBuilder;
import dev.ringside.host.Host;
import dev.ringside.jqwik.TransferArbitraries;
import dev.ringside.jqwik.model.TransferStep.What;
import dev.ringside.packet.Endpoint;
import dev.ringside.transfer.ReceiveQueue;
import dev.ringside.transfer.Stretch;
import dev.ringside.transfer.Transfer;
import dev.ringside.transfer.TransferConfig;
import dev.ringside.transfer.VirtualNetworkPath;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.ActionChainArbitrary;

/**
 * Chains of what can happen to transfers, each step done to a lab and to its naive twin, which must
 * then agree: two chassis of two blades each, virtual machines on them, a computer outside.
 *
 * <pre>{@code
 * @Provide
 * Arbitrary<ActionChain<TransferActions.Pair>> chains() {
 *   return TransferActions.chains(3);
 * }
 *
 * @Property
 * void lab_and_twin_agree(@ForAll("chains") ActionChain<TransferActions.Pair> chain) {
 *   chain.run().close();
 * }
 * }</pre>
 */
public final class TransferActions {

  private static final int CHASSIS = 2;
  private static final int BLADES = 2;
  private static final int BUFFER = 1_000;
  private static final int LARGEST = 20_000;
  private static final int MOST_AT_ONCE = 12;
  private static final Duration PATIENCE = Duration.ofHours(10);

  private TransferActions() {}

  /** Chains on so many virtual machines, 2 or more. */
  public static ActionChainArbitrary<Pair> chains(int vms) {
    ActionChainArbitrary<Pair> chains = ActionChain.startWith(() -> new Pair(vms));
    return chains.withAction(new AnyStep<>(steps(vms), Pair::apply));
  }

  /** Single steps; transfers come and go on more often than anything else. */
  public static Arbitrary<TransferStep> steps(int vms) {
    Arbitrary<What> what =
        Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.of(What.START)),
            Tuple.of(6, Arbitraries.of(What.ALLOW)),
            Tuple.of(3, Arbitraries.of(What.MOVE)),
            Tuple.of(4, Arbitraries.of(What.POST, What.HOLD, What.HOLD, What.REPOST)),
            Tuple.of(1, Arbitraries.of(What.FAIL, What.REPAIR, What.REPAIR)),
            Tuple.of(1, Arbitraries.of(What.CLOSE, What.OPEN, What.OPEN)),
            Tuple.of(1, Arbitraries.of(What.WAIT)));
    return what.flatMap(
        kind ->
            Combinators.combine(
                    Arbitraries.integers().between(0, vms),
                    Arbitraries.integers().between(0, CHASSIS * BLADES - 1),
                    amounts(kind))
                .as((one, other, amount) -> new TransferStep(kind, one, other, amount)));
  }

  private static Arbitrary<Integer> amounts(What kind) {
    return kind == What.START
        ? TransferArbitraries.sizes(BUFFER, LARGEST)
        : Arbitraries.integers().between(0, MOST_AT_ONCE);
  }

  /**
   * A lab and its twin.
   *
   * <pre>{@code
   * try (TransferActions.Pair pair = new TransferActions.Pair(3)) {
   *   pair.apply(new TransferStep(TransferStep.What.START, 0, 1, 5_000));
   *   pair.apply(new TransferStep(TransferStep.What.ALLOW, 0, 0, 3));
   * }
   * }</pre>
   */
  public static final class Pair implements AutoCloseable {

    private final Lab lab;
    private final List<Endpoint> nodes = new ArrayList<>();
    private final TransferTwin twin;
    private final List<Transfer> transfers = new ArrayList<>();

    /** Two that agree. */
    public Pair(int vms) {
      this(vms, new TransferTwin(places(vms), BLADES, BUFFER));
    }

    /** A lab of so many virtual machines, and what to compare it with. */
    public Pair(int vms, TransferTwin twin) {
      this.twin = twin;
      LabBuilder builder = Lab.builder();
      for (int i = 0; i < CHASSIS; i++) {
        ChassisBuilder chassis = builder.chassis("c" + i);
        for (int k = 0; k < BLADES; k++) {
          int blade = i * BLADES + k;
          chassis.blade("b" + blade).vms(vmsOn(blade, vms));
        }
      }
      this.lab = builder.open();
      for (int i = 0; i < vms; i++) {
        nodes.add(lab.vm("vm" + i));
      }
      nodes.add(lab.wire());
      for (Endpoint node : nodes) {
        buffers(nodes.indexOf(node)).setBufferBytes(BUFFER);
      }
    }

    /** Where virtual machines are at first: the first two together, the others each elsewhere. */
    public static int[] places(int vms) {
      int[] places = new int[vms];
      for (int i = 1; i < vms; i++) {
        places[i] = (i - 1) % (CHASSIS * BLADES);
      }
      return places;
    }

    private static String[] vmsOn(int blade, int vms) {
      int[] places = places(vms);
      List<String> names = new ArrayList<>();
      for (int i = 0; i < vms; i++) {
        if (places[i] == blade) {
          names.add("vm" + i);
        }
      }
      return names.toArray(new String[0]);
    }

    /** The lab. */
    public Lab lab() {
      return lab;
    }

    /** The twin. */
    public TransferTwin twin() {
      return twin;
    }

    private ReceiveQueue buffers(int node) {
      return lab.transfers().receiveQueue(nodes.get(node));
    }

    // ---- steps ----

    /** Lets it happen to both, unless it makes no sense now. */
    public void apply(TransferStep step) {
      switch (step.what()) {
        case START -> start(step);
        case ALLOW -> allow(step);
        case MOVE -> move(step);
        case FAIL, REPAIR -> fail(step.other() / BLADES, step.what() == What.FAIL);
        case WAIT -> {
          lab.advance(PATIENCE.plusHours(1));
          twin.waits();
        }
        default -> applyToBuffers(step.what(), step.one(), step.amount());
      }
      lab.advance(Duration.ofSeconds(30)); // what was lost on a way that is no more is sent again
      compare(step);
    }

    private void start(TransferStep step) {
      int to = step.other() % nodes.size();
      if (to == step.one()) {
        return;
      }
      transfers.add(
          lab.transfer(
              VirtualNetworkPath.of(nodes.get(step.one()), nodes.get(to)),
              TransferArbitraries.message(step.amount()),
              TransferConfig.DEFAULT.withUnits(0).withCreditTimeout(PATIENCE)));
      twin.starts(step.one(), to, step.amount());
    }

    private void allow(TransferStep step) {
      if (!transfers.isEmpty()) {
        int number = (step.one() * 4 + step.other()) % transfers.size();
        transfers.get(number).allow(step.amount());
        twin.allows(number, step.amount());
      }
    }

    private void move(TransferStep step) {
      if (nodes.get(step.one()) instanceof VirtualMachine vm) {
        Host to = lab.host("b" + step.other());
        if (!vm.hostName().equals(to.name())) {
          lab.host(vm.hostName()).tenancy().move(vm, to, Duration.ofDays(1));
          vm.announce();
          twin.moves(step.one(), step.other());
        }
      }
    }

    private void fail(int number, boolean fails) {
      BladeChassis chassis = lab.chassis("c" + number);
      if (fails) {
        chassis.interconnect().fail();
      } else {
        chassis.interconnect().repair();
      }
      twin.fails(number, fails);
    }

    private void applyToBuffers(What what, int node, int amount) {
      ReceiveQueue buffers = buffers(node);
      switch (what) {
        case POST -> {
          buffers.post(amount);
          twin.posts(node, amount);
        }
        case HOLD -> {
          buffers.withdrawBuffers();
          buffers.setReposting(false);
          twin.holds(node);
        }
        case REPOST -> {
          buffers.setReposting(true);
          twin.reposts(node);
        }
        case CLOSE -> {
          buffers.close();
          twin.closes(node, true);
        }
        case OPEN -> {
          buffers.open();
          twin.closes(node, false);
        }
        default -> throw new AssertionError(what);
      }
    }

    // ---- comparing ----

    private void compare(TransferStep step) {
      for (int i = 0; i < transfers.size(); i++) {
        compare(step, i, transfers.get(i));
      }
      for (int i = 0; i < nodes.size(); i++) {
        String of = " of " + nodes.get(i).name();
        Agreement.check(step, "credits" + of, twin.credits(i), buffers(i).credits());
        Agreement.check(
            step, "number of waiters" + of, twin.waiting(i), buffers(i).waiters().size());
      }
      if (!lab.ledger().violations().isEmpty()) {
        throw new AssertionError("after '" + step + "': " + lab.ledger().violations());
      }
    }

    private void compare(TransferStep step, int number, Transfer transfer) {
      String of = " of transfer " + number;
      List<String> parts = new ArrayList<>();
      for (Stretch stretch : transfer.hops().get(0).stretches()) {
        parts.add(stretch.protocol() + " from " + stretch.from() + ": " + stretch.units());
      }
      Agreement.check(step, "parts" + of, twin.parts(number), parts);
      Agreement.check(step, "state" + of, twin.state(number), transfer.state());
      Agreement.check(
          step, "acknowledged bytes" + of, twin.acknowledged(number), transfer.acknowledgedBytes());
      byte[] received = transfer.received();
      byte[] sent = TransferArbitraries.message(transfer.size());
      boolean same = Arrays.equals(received, Arrays.copyOf(sent, received.length));
      Agreement.check(step, "content" + of, "as sent", same ? "as sent" : "another");
      Agreement.check(step, "received bytes" + of, twin.acknowledged(number), received.length);
    }

    /** Ends the lab. */
    @Override
    public void close() {
      lab.close();
    }

    @Override
    public String toString() {
      return lab.transfers().toString();
    }
  }
}
