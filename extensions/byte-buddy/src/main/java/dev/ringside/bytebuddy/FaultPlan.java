// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bytebuddy;

import dev.ringside.time.Ratio;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A fault in the making: which calls it is about, and then, as the last word, what happens to them.
 *
 * <pre>{@code
 * faults.before(PhysicalNic::repair).on(p0).drop();
 * faults.before(PhysicalNic::fail).onCall(2).delay(Duration.ofMillis(3));
 * faults.after(Tenancy::move).failActor();
 * faults.before(Client::unmap).run(call -> web.send(udp().to(db)));
 * faults.at(FaultPoints.ADDRESS_ALLOCATION)
 *     .withChance(Ratio.of(1, 10))
 *     .throwing(() -> new IllegalStateException("the pool is empty"));
 * }</pre>
 *
 * <p>Unless it is said which call is meant, it is each. Nothing is planned until the last word is
 * said.
 *
 * @param <D> the devices whose operation it is
 */
public final class FaultPlan<D> {

  private final Faults faults;
  private final FaultPoint<D> point;
  private final List<Predicate<Call<D>>> conditions = new ArrayList<>(2);
  private long onCall;
  private @Nullable Ratio chance;

  /** All but the effect. */
  record Settings<D>(
      FaultPoint<D> point,
      List<Predicate<Call<D>>> conditions,
      long onCall,
      @Nullable Ratio chance) {

    boolean isMeant(Call<D> call) {
      for (Predicate<Call<D>> condition : conditions) {
        if (!condition.test(call)) {
          return false;
        }
      }
      return point.holds(call);
    }

    @Override
    public String toString() {
      return point
          + (onCall == 0 ? "" : ", on call " + onCall)
          + (chance == null ? "" : ", with chance " + chance);
    }
  }

  FaultPlan(Faults faults, FaultPoint<D> point) {
    this.faults = faults;
    this.point = point;
  }

  // ---- which calls ----

  /** Only calls of this device. */
  public FaultPlan<D> on(D device) {
    conditions.add(call -> call.device() == device);
    return this;
  }

  /** Only calls that this holds for; after an operation it may ask for the result, too. */
  public FaultPlan<D> when(Predicate<Call<D>> condition) {
    conditions.add(condition);
    return this;
  }

  /**
   * Only this one of the calls that match otherwise, counted from 1.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public FaultPlan<D> onCall(long number) {
    if (number < 1) {
      throw new IllegalArgumentException("call " + number + ": calls are counted from 1");
    }
    onCall = number;
    return this;
  }

  /** Only some of the calls that match otherwise, drawn by chance from the lab's seed. */
  public FaultPlan<D> withChance(Ratio newChance) {
    chance = newChance;
    return this;
  }

  // ---- what happens ----

  /**
   * The operation fails with what this makes: before it, so that it is not carried out, or after
   * it.
   */
  public Fault throwing(Supplier<? extends RuntimeException> exception) {
    return plan(
        "throw",
        false,
        (call, next) -> {
          throw exception.get();
        });
  }

  /**
   * The operation is carried out later, in virtual time; whoever has called it goes on at once.
   *
   * @throws IllegalArgumentException if the duration is negative, the point is after the operation,
   *     or the operation returns something, or hands a packet over
   */
  public Fault delay(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("delay " + duration + " must not be negative");
    }
    checkNoResult("be late");
    long nanos = duration.toNanos();
    return plan(
        "delay " + duration,
        true,
        (call, next) -> {
          Object unused = faults.world().schedule(nanos, next::proceed);
          return null;
        });
  }

  /**
   * The operation is not carried out.
   *
   * @throws IllegalArgumentException if the point is after the operation, or the operation returns
   *     something, or hands a packet over
   */
  public Fault drop() {
    checkNoResult("get lost");
    return plan("drop", true, (call, next) -> null);
  }

  /**
   * The operation is not carried out, and returns this.
   *
   * @throws IllegalArgumentException if the point is after the operation, the operation returns
   *     nothing or something else, or hands a packet over
   */
  public Fault answer(@Nullable Object answer) {
    Class<?> wanted = Results.boxed(point.method().getReturnType());
    boolean fits = answer == null ? wanted == point.method().getReturnType() : false;
    if (!point.hasResult() || !(fits || wanted.isInstance(answer))) {
      throw new IllegalArgumentException(
          point.operation()
              + " returns "
              + point.method().getReturnType().getSimpleName()
              + ", so "
              + (answer == null ? "null" : "a " + answer.getClass().getSimpleName())
              + " is no answer"
              + (point.hasResult() ? "" : "; say drop()"));
    }
    return plan("answer " + answer, true, (call, next) -> answer);
  }

  /**
   * The operation is carried out twice, and returns what the first time has returned.
   *
   * @throws IllegalArgumentException if it hands a packet over
   */
  public Fault duplicate() {
    checkNoPacket("happen twice");
    return plan(
        "duplicate",
        false,
        (call, next) -> {
          Object result = next.proceed();
          Object unused = call.carryOut();
          return result;
        });
  }

  /**
   * Who carries the operation out fails: a NIC, a host, an interconnect; the application of a
   * monitor dies, a virtual machine stands still, a migration is called off. Then the operation
   * goes on, as far as it can.
   *
   * @throws IllegalArgumentException if such a device cannot fail
   */
  public Fault failActor() {
    Actors.check(point.device(), point.operation());
    return plan(
        "fail actor",
        false,
        (call, next) -> {
          Actors.fail(call.device());
          return next.proceed();
        });
  }

  /** Something else happens at this very moment, as in a race; then the operation goes on. */
  public Fault run(Consumer<Call<D>> action) {
    return plan(
        "run",
        false,
        (call, next) -> {
          action.accept(call);
          return next.proceed();
        });
  }

  private Fault plan(String text, boolean replaces, Effect.Deed<D> deed) {
    if (replaces && point.moment() == Moment.AFTER) {
      throw new IllegalArgumentException(
          "'" + text + "' comes too late " + point + ", which has happened then; say before");
    }
    if (replaces) {
      checkNoPacket("get lost or be late");
    }
    List<Predicate<Call<D>>> all = List.copyOf(conditions);
    return faults.add(
        new Settings<>(point, all, onCall, chance), new Effect<>(text, replaces, deed));
  }

  private void checkNoResult(String what) {
    if (point.hasResult()) {
      throw new IllegalArgumentException(
          point.operation()
              + " returns "
              + point.method().getReturnType().getSimpleName()
              + " to whoever calls it, so it cannot "
              + what
              + "; say answer(...) or throwing(...)");
    }
  }

  private void checkNoPacket(String what) {
    if (point.handsPacketOver()) {
      throw new IllegalArgumentException(
          point.operation()
              + " hands a packet over, which has exactly one fate, so it cannot "
              + what
              + "; use the faults of a wire, such as cable.toHost().lose(...)");
    }
  }

  @Override
  public String toString() {
    return new Settings<>(point, conditions, onCall, chance).toString();
  }
}
