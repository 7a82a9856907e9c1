// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.system;

import dev.ringside.Lab;
import dev.ringside.Topology;
import dev.ringside.aggregate.AggregatorConfig;
import dev.ringside.chassis.Blade;
import dev.ringside.host.Host;
import dev.ringside.packet.Endpoint;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A lab to which anything happens, and its twin: after each step the two must agree on what has
 * arrived where, and all laws must hold.
 *
 * <pre>{@code
 * try (LabRun run = new LabRun(Lab.of(new MyTopology()))) {
 *   run.apply(new LabStep(LabCommand.SEND, 0, 1, 0));
 *   run.apply(new LabStep(LabCommand.FAIL, 0, 0, 0));
 *   run.settle();
 * }
 * }</pre>
 *
 * <p>What must hold after each step:
 *
 * <ul>
 *   <li>every packet has one fate (the ledger has no violations);
 *   <li>a packet arrives once, at the one that it was sent to, and behind those of its flow that
 *       were sent before it;
 *   <li>one that can arrive has arrived, unless its receiver waits for memory;
 *   <li>one that cannot, or that a rule takes, has not, and is counted where it ended;
 *   <li>virtual machines are where they were put;
 *   <li>no quota is exceeded, each has in use what its virtual machine holds, and nobody waits for
 *       memory that is there.
 * </ul>
 *
 * <p>The cables of the lab must be without latency and faults, and its virtual machines without
 * VLANs and handlers; with {@link #lawsOnly} that does not matter, and only laws are checked.
 */
public final class LabRun implements AutoCloseable {

  private static final Duration LONG = Duration.ofSeconds(10);

  private final Lab lab;
  private final LabTwin twin;
  private final String shape;
  private final List<Deed> deeds = new ArrayList<>();
  private final List<String> script = new ArrayList<>();
  private final Traffic traffic;
  private final Memory memory;
  private final Rules rules = new Rules();
  private int named;
  private @Nullable String failure;

  /** A lab and a twin of it. */
  public LabRun(Lab lab) {
    this(lab, new LabTwin(), true, shapeOf(lab));
  }

  /** A lab, and what to compare it with, to which the hosts and virtual machines are told. */
  public LabRun(Lab lab, LabTwin twin) {
    this(lab, twin, true, shapeOf(lab));
  }

  /** A lab as a class describes it. */
  public static LabRun of(Topology topology) {
    return of(topology, new LabTwin());
  }

  /** A lab as a class describes it, and what to compare it with. */
  public static LabRun of(Topology topology, LabTwin twin) {
    return new LabRun(Lab.of(topology), twin, true, topology.toString());
  }

  /** A lab of which only the laws are checked, because things happen in it by chance or slowly. */
  public static LabRun lawsOnly(Lab lab) {
    return new LabRun(lab, new LabTwin(), false, shapeOf(lab));
  }

  private LabRun(Lab lab, LabTwin twin, boolean exact, String shape) {
    this.lab = lab;
    this.twin = twin;
    this.shape = shape;
    this.traffic = new Traffic(this);
    this.memory = new Memory(this);
    for (Host host : lab.hosts()) {
      String chassis = host instanceof Blade blade ? blade.chassis().name() : null;
      twin.hasBlade(host.name(), chassis, host.pnics().size(), exact && isCalm(host));
      for (VirtualMachine vm : host.vms()) {
        twin.starts(vm.name(), host.name());
      }
    }
  }

  private static String shapeOf(Lab lab) {
    StringBuilder text = new StringBuilder();
    for (Host host : lab.hosts()) {
      text.append(text.isEmpty() ? "" : "\n").append(host);
    }
    return text.toString();
  }

  private static boolean isCalm(Host host) {
    boolean ownWay = host instanceof Blade blade && !blade.externalPnics().isEmpty();
    if (!host.hasAggregator() || host.hasProxies() || ownWay) {
      return false;
    }
    AggregatorConfig config = host.aggregator().config();
    return config.stepDelay().isZero() && config.downDelay().isZero() && config.upDelay().isZero();
  }

  // ---- what it consists of ----

  /** The lab. */
  public Lab lab() {
    return lab;
  }

  /** The twin. */
  public LabTwin twin() {
    return twin;
  }

  /** What has been done, a line for each step that has done something. */
  public List<String> script() {
    return List.copyOf(script);
  }

  /** What the lab was like when it was opened, in lines. */
  String shape() {
    return shape;
  }

  List<Deed> deeds() {
    return List.copyOf(deeds);
  }

  /** What the first step has failed with, null if none has. */
  @Nullable String failure() {
    return failure;
  }

  private String lastLine() {
    return script.isEmpty() ? "open" : script.get(script.size() - 1);
  }

  Traffic traffic() {
    return traffic;
  }

  Memory memory() {
    return memory;
  }

  Rules rules() {
    return rules;
  }

  /** A name that no virtual machine has had. */
  String newName() {
    return "new" + ++named;
  }

  // ---- whom numbers mean ----

  Host host(int number) {
    return lab.hosts().get(number % lab.hosts().size());
  }

  Host hostOf(String vm) {
    String place = twin.placeOf(vm);
    if (place == null) {
      throw new AssertionError(vm + " is on no host");
    }
    return lab.host(place);
  }

  /** All virtual machines, host by host. */
  List<VirtualMachine> vms() {
    List<VirtualMachine> vms = new ArrayList<>();
    for (Host host : lab.hosts()) {
      vms.addAll(host.vms());
    }
    return vms;
  }

  /**
   * The first that will do, beginning with this number: what it means changes little when other
   * steps are left out.
   */
  static <T> @Nullable T firstFrom(int number, List<T> all, Predicate<T> will) {
    for (int i = 0; i < all.size(); i++) {
      T one = all.get((number + i) % all.size());
      if (will.test(one)) {
        return one;
      }
    }
    return null;
  }

  static String nameOf(Endpoint endpoint) {
    return endpoint instanceof VirtualMachine vm ? vm.name() : LabTwin.STATION;
  }

  /** A step is about to do something; a line of the script. */
  void says(String line) {
    script.add(line);
  }

  // ---- running ----

  /** Does it to the lab and to the twin, and compares them. */
  public void apply(LabStep step) {
    apply(Deed.of(step));
  }

  /**
   * Does something of your own to the lab, and compares it with the twin; virtual machines that
   * come, go or move must be told to the twin.
   */
  public void apply(String line, Consumer<LabRun> deed) {
    apply(
        new Deed(
            run -> {
              run.says(line);
              deed.accept(run);
            },
            null));
  }

  void apply(Deed deed) {
    deeds.add(deed);
    guarded(deed.effect());
  }

  /** Repairs all, gives memory to all, lets all be consumed and time pass: all must arrive. */
  public void settle() {
    guarded(
        run -> {
          says("settle");
          Devices.repairAll(run);
          memory.giveToAll();
          lab.advance(LONG);
          memory.consumeAll();
        });
    guarded(LabRun::compareInTheEnd);
  }

  private void guarded(Consumer<LabRun> deed) {
    try {
      deed.accept(this);
      compare();
    } catch (AssertionError | RuntimeException e) {
      failure = "after '" + lastLine() + "' " + e.getMessage();
      throw new AssertionError(failure, e);
    }
  }

  // ---- comparing ----

  private void compare() {
    Devices.followMigrations(this);
    traffic.receive();
    memory.compare();
    comparePlaces();
    List<String> violations = lab.ledger().violations();
    if (!violations.isEmpty()) {
      throw new AssertionError(violations.toString());
    }
  }

  private void comparePlaces() {
    for (Host host : lab.hosts()) {
      List<String> expected = twin.vmsOn(host.name());
      List<VirtualMachine> actual = host.vms();
      boolean same = expected.size() == actual.size();
      for (int i = 0; same && i < actual.size(); i++) {
        same = expected.contains(actual.get(i).name());
      }
      if (!same) {
        throw new AssertionError(host.name() + " has " + actual + ", expected " + expected);
      }
    }
  }

  private void compareInTheEnd() {
    if (!lab.waiters().isEmpty()) {
      throw new AssertionError("in the end there still waits " + lab.waiters());
    }
    long live = lab.ledger().live();
    long aside = rules.live(this);
    if (live != aside) {
      throw new AssertionError(
          "in the end there are " + live + " packets in the lab, expected " + aside);
    }
  }

  /** Ends the lab. */
  @Override
  public void close() {
    lab.close();
  }

  @Override
  public String toString() {
    return "at " + lab.elapsed() + ", " + twin;
  }
}
