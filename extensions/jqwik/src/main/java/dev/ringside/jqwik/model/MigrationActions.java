// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.model;

import dev.ringside.Lab;
import dev.ringside.chassis.Blade;
import dev.ringside.jqwik.MigrationArbitraries;
import dev.ringside.jqwik.scenario.ChassisTopology;
import dev.ringside.memory.MemorySize;
import dev.ringside.migration.Migration;
import dev.ringside.migration.VirtualRouter;
import dev.ringside.packet.IpAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.Packets;
import dev.ringside.routing.AddressPool;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.ActionChainArbitrary;
import org.jspecify.annotations.Nullable;

/**
 * Chains of what can happen to virtual machines of blades that are moved, each step done to a lab
 * and to its naive twin, which must then agree.
 *
 * <pre>{@code
 * @Provide
 * Arbitrary<ActionChain<MigrationActions.Pair>> chains() {
 *   return MigrationArbitraries.topologies().flatMap(MigrationActions::chains);
 * }
 *
 * @Property
 * void lab_and_twin_agree(@ForAll("chains") ActionChain<MigrationActions.Pair> chain) {
 *   chain.run().close();
 * }
 * }</pre>
 */
public final class MigrationActions {

  /** The quota that each virtual machine has where blades have memory. */
  private static final long QUOTA = 400_000;

  private MigrationActions() {}

  /** Chains on this topology. */
  public static ActionChainArbitrary<Pair> chains(ChassisTopology topology) {
    ActionChainArbitrary<Pair> chains = ActionChain.startWith(() -> new Pair(topology));
    return chains.withAction(new AnyStep<>(MigrationArbitraries.steps(topology), Pair::apply));
  }

  /**
   * A lab and its twin.
   *
   * <pre>{@code
   * try (MigrationActions.Pair pair = new MigrationActions.Pair(topology)) {
   *   pair.apply(new MigrationStep(MigrationStep.What.MOVE, 0, 1, MigrationConfig.DEFAULT));
   * }
   * }</pre>
   */
  public static final class Pair implements AutoCloseable {

    private final ChassisTopology topology;
    private final Lab lab;
    private final MigrationTwin twin;
    private final List<VirtualMachine> vms = new ArrayList<>();
    private final Map<Integer, Migration> migrations = new LinkedHashMap<>();
    private final Map<Integer, List<IpAddress>> taken = new LinkedHashMap<>();
    private int number;

    /** Two that agree. */
    public Pair(ChassisTopology topology) {
      this(topology, Lab.of(topology));
    }

    private Pair(ChassisTopology topology, Lab lab) {
      this(topology, lab, twinOf(topology, lab));
    }

    /** A lab, and what to compare it with. */
    public Pair(ChassisTopology topology, Lab lab, MigrationTwin twin) {
      this.topology = topology;
      this.lab = lab;
      this.twin = twin;
      for (int i = 0; i < topology.guests().size(); i++) {
        vms.add(lab.vm(ChassisTopology.vm(i)));
        if (roomEach(topology) > 0) {
          blade(topology.guests().get(i).blade())
              .memory()
              .reserve(ChassisTopology.vm(i), MemorySize.bytes(QUOTA));
        }
      }
    }

    /** The twin of a lab to which nothing has happened. */
    public static MigrationTwin twinOf(ChassisTopology topology, Lab lab) {
      List<Integer> free = new ArrayList<>();
      for (int i = 0; i < ChassisTopology.SUBNETS; i++) {
        free.add(free(topology, lab, i));
      }
      return new MigrationTwin(topology, free, roomEach(topology));
    }

    /** For how many quotas each blade has memory; 0 if it is too little for those at home. */
    private static int roomEach(ChassisTopology topology) {
      int room = (int) (topology.memory() / QUOTA);
      for (int blade = 0; blade < topology.blades(); blade++) {
        int home = blade;
        if (topology.guests().stream().filter(guest -> guest.blade() == home).count() > room) {
          return 0;
        }
      }
      return room;
    }

    private static int free(ChassisTopology topology, Lab lab, int subnet) {
      int usable = (1 << (32 - topology.prefixLength())) - 2;
      return usable - pool(lab, subnet).used();
    }

    private static AddressPool pool(Lab lab, int subnet) {
      return lab.subnet(ChassisTopology.subnet(subnet)).pool();
    }

    /** The lab. */
    public Lab lab() {
      return lab;
    }

    /** The twin. */
    public MigrationTwin twin() {
      return twin;
    }

    /** A virtual machine, also after it has ended. */
    public VirtualMachine vm(int vm) {
      return vms.get(vm);
    }

    /** A blade. */
    public Blade blade(int blade) {
      return lab.blade(ChassisTopology.blade(blade));
    }

    /** The last migration of a virtual machine, null if it has had none. */
    public @Nullable Migration migration(int vm) {
      return migrations.get(vm);
    }

    // ---- what happens ----

    /** Lets it happen to both. */
    public void apply(MigrationStep step) {
      happens(step);
      twin.apply(step);
      compare(step);
    }

    private void happens(MigrationStep step) {
      int subject = step.subject();
      switch (step.what()) {
        case MOVE -> move(step);
        case WAIT -> lab.advance(Duration.ofMillis(subject));
        case CANCEL -> cancel(subject);
        case FAIL -> blade(subject).fail();
        case REPAIR -> blade(subject).repair();
        case SEND -> send(subject, step.object());
        case END -> end(subject);
        case TAKE_ADDRESSES -> take(subject);
        case GIVE_ADDRESSES -> give(subject);
      }
    }

    private void move(MigrationStep step) {
      int vm = step.subject();
      boolean can = twin.bladeOf(vm) >= 0 && twin.bladeOf(vm) != step.object();
      if (can && !twin.isUnderWay(vm)) {
        migrations.put(vm, lab.migrate(vms.get(vm)).config(step.config()).to(blade(step.object())));
      }
    }

    private void cancel(int vm) {
      Migration migration = migrations.get(vm);
      if (twin.isUnderWay(vm) && migration != null && !migration.isCommitted()) {
        migration.cancel();
      }
    }

    private void end(int vm) {
      if (twin.bladeOf(vm) >= 0) {
        blade(twin.bladeOf(vm)).removeVm(ChassisTopology.vm(vm));
      }
    }

    private void send(int from, int to) {
      if (twin.isRunning(from) && twin.bladeOf(to) >= 0 && from != to) {
        Packet unused =
            vms.get(from).send(Packets.udp().to(vms.get(to)).port(7).fromPort(1_024 + number++));
      }
    }

    private void take(int subnet) {
      List<IpAddress> all = taken.computeIfAbsent(subnet, each -> new ArrayList<>());
      AddressPool pool = pool(lab, subnet);
      for (IpAddress ip = pool.allocate(); ip != null; ip = pool.allocate()) {
        all.add(ip);
      }
    }

    private void give(int subnet) {
      for (IpAddress ip : taken.getOrDefault(subnet, List.of())) {
        boolean unused = pool(lab, subnet).release(ip);
      }
      taken.remove(subnet);
    }

    // ---- what holds then ----

    private void compare(MigrationStep step) {
      for (int vm = 0; vm < vms.size(); vm++) {
        compare(step, vm);
      }
      for (int blade = 0; blade < topology.blades(); blade++) {
        String name = ChassisTopology.blade(blade);
        Agreement.check(
            step, "router of " + name, twin.routerOf(blade), routerOf(lab, blade(blade)));
      }
      for (int i = 0; i < ChassisTopology.SUBNETS; i++) {
        String what = "number of free addresses in " + ChassisTopology.subnet(i);
        Agreement.check(step, what, twin.freeIn(i), free(topology, lab, i));
      }
      if (!lab.ledger().violations().isEmpty()) {
        throw new AssertionError("after '" + step + "': " + lab.ledger().violations());
      }
    }

    private void compare(MigrationStep step, int vm) {
      String name = ChassisTopology.vm(vm);
      Migration migration = migrations.get(vm);
      int place = twin.bladeOf(vm);
      Agreement.check(
          step,
          "place of " + name,
          place < 0 ? List.of() : List.of(ChassisTopology.blade(place)),
          placesOf(name));
      Agreement.check(
          step,
          "migration of " + name,
          twin.stateOf(vm),
          migration == null ? null : migration.state());
      if (place >= 0) {
        boolean runs = !vms.get(vm).isPaused();
        Agreement.check(step, "running of " + name, twin.isRunning(vm), runs);
        Agreement.check(
            step, "host of " + name, ChassisTopology.blade(place), vms.get(vm).hostName());
      }
    }

    private List<String> placesOf(String vm) {
      List<String> places = new ArrayList<>();
      for (int blade = 0; blade < topology.blades(); blade++) {
        if (blade(blade).hasVm(vm)) {
          places.add(ChassisTopology.blade(blade));
        }
      }
      return places;
    }

    private static Set<String> routerOf(Lab lab, Blade blade) {
      Set<String> subnets = new TreeSet<>();
      for (VirtualRouter router : lab.migrations().virtualRouters()) {
        if (router.host() == blade) {
          subnets.addAll(router.subnets());
        }
      }
      return subnets;
    }

    /** Ends the lab. */
    @Override
    public void close() {
      lab.close();
    }

    @Override
    public String toString() {
      return topology.toString();
    }
  }
}
