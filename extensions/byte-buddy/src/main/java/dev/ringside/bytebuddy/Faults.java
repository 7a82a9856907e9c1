// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bytebuddy;

import dev.ringside.Lab;
import dev.ringside.world.PartsSource;
import dev.ringside.world.World;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The faults of one lab. A fault stands before or after an operation of a device: any that a test
 * can call, and those by which devices work together.
 *
 * <pre>{@code
 * Faults faults = new Faults();
 * try (Lab lab = Lab.builder().parts(faults).open()) {
 *   PhysicalNic p0 = lab.host().pnic("p0");
 *   Fault late = faults.before(PhysicalNic::fail).on(p0).delay(Duration.ofMillis(3));
 *   p0.fail();
 *   p0.isFailed();                     // false
 *   lab.advance(Duration.ofMillis(3));
 *   p0.isFailed();                     // true
 *   late.fired();                      // 1
 * }
 * }</pre>
 *
 * <p>The devices of such a lab are generated subclasses of the usual ones; no agent is needed, and
 * other labs know nothing of it. Each firing is an event in the journal. A fault that never fires
 * is a finding of the check after the test, unless it is {@linkplain Fault#lenient lenient}.
 *
 * <p>Of operations that call each other, each counts: {@code reserve("web", size)} calls {@code
 * reserve("web", size, config)}. Faults may be planned before the lab is opened and at any time
 * later; several at one point stand around the operation in the order in which they were planned.
 */
public final class Faults implements PartsSource {

  private final Map<Class<?>, Object> parts = new LinkedHashMap<>();
  private volatile List<Fault> planned = List.of();
  private volatile @Nullable World world;

  /** No faults yet. */
  public Faults() {}

  /**
   * Those of a lab.
   *
   * @throws IllegalStateException if it was opened without
   */
  public static Faults of(Lab lab) {
    if (lab.world().partsSource() instanceof Faults faults) {
      return faults;
    }
    throw new IllegalStateException(
        "the lab was opened without faults; open it with Lab.builder().parts(new Faults())");
  }

  // ---- planning ----

  /** A fault at this point. */
  public <D> FaultPlan<D> at(FaultPoint<D> point) {
    return new FaultPlan<>(this, point);
  }

  /**
   * A fault before an operation without arguments.
   *
   * @throws IllegalArgumentException if it is no operation of a device that can have faults; so
   *     with all others
   */
  public <D> FaultPlan<D> before(Operation.Plain<D> operation) {
    return at(FaultPoint.before(operation));
  }

  /** A fault before an operation with an argument. */
  public <D, A> FaultPlan<D> before(Operation.OfOne<D, A> operation) {
    return at(FaultPoint.before(operation));
  }

  /** A fault before an operation with two arguments. */
  public <D, A, B> FaultPlan<D> before(Operation.OfTwo<D, A, B> operation) {
    return at(FaultPoint.before(operation));
  }

  /** A fault before an operation with three arguments. */
  public <D, A, B, C> FaultPlan<D> before(Operation.OfThree<D, A, B, C> operation) {
    return at(FaultPoint.before(operation));
  }

  /** A fault before the operation that a lambda calls, with any arguments. */
  public <D> FaultPlan<D> before(Class<D> device, Consumer<? super D> operation) {
    return at(FaultPoint.before(device, operation));
  }

  /** A fault after an operation without arguments. */
  public <D> FaultPlan<D> after(Operation.Plain<D> operation) {
    return at(FaultPoint.after(operation));
  }

  /** A fault after an operation with an argument. */
  public <D, A> FaultPlan<D> after(Operation.OfOne<D, A> operation) {
    return at(FaultPoint.after(operation));
  }

  /** A fault after an operation with two arguments. */
  public <D, A, B> FaultPlan<D> after(Operation.OfTwo<D, A, B> operation) {
    return at(FaultPoint.after(operation));
  }

  /** A fault after an operation with three arguments. */
  public <D, A, B, C> FaultPlan<D> after(Operation.OfThree<D, A, B, C> operation) {
    return at(FaultPoint.after(operation));
  }

  /** A fault after the operation that a lambda calls, with any arguments. */
  public <D> FaultPlan<D> after(Class<D> device, Consumer<? super D> operation) {
    return at(FaultPoint.after(device, operation));
  }

  @SuppressWarnings("unchecked") // the point says which devices it is about
  <D> Fault add(FaultPlan.Settings<D> settings, Effect<D> effect) {
    Fault fault = new Fault(this, (FaultPlan.Settings<Object>) settings, (Effect<Object>) effect);
    synchronized (this) {
      List<Fault> more = new ArrayList<>(planned);
      more.add(fault);
      planned = more;
    }
    World present = world;
    if (present != null) {
      present.plan(fault);
    }
    return fault;
  }

  // ---- what was planned ----

  /** All faults that were planned, in order. */
  public List<Fault> planned() {
    return List.copyOf(planned);
  }

  /** Those of a call of a device. */
  List<Fault> of(Object device, Method method) {
    List<Fault> some = List.of();
    for (Fault fault : planned) {
      if (fault.isOf(device, method)) {
        some = some.isEmpty() ? new ArrayList<>(2) : some;
        some.add(fault);
      }
    }
    return some;
  }

  boolean isEmpty() {
    return planned.isEmpty();
  }

  // ---- the lab ----

  World world() {
    World present = world;
    if (present == null) {
      throw new AssertionError("a device without a lab; please report this bug");
    }
    return present;
  }

  /** Makes devices that have faults. */
  @Override
  public <P> P parts(World asking, Class<P> type, P plain) {
    if (world != asking) {
      serve(asking);
    }
    synchronized (this) {
      Object made = parts.get(type);
      if (made == null) {
        made = new PartsWithFaults(this).of(type);
        parts.put(type, made);
      }
      return type.cast(made);
    }
  }

  /** The lab is opened, by one thread: what was planned before is planned for it. */
  private void serve(World asking) {
    if (world != null) {
      throw new IllegalStateException(
          "these faults are those of another lab; give each lab its own: new Faults()");
    }
    world = asking;
    for (Fault fault : planned) {
      asking.plan(fault);
    }
  }

  /** The number of a fault, from 1. */
  int numberOf(Fault fault) {
    return planned.indexOf(fault) + 1;
  }

  @Override
  public String toString() {
    return "faults " + planned;
  }
}
