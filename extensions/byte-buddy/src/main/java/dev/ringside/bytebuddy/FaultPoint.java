// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bytebuddy;

import dev.ringside.packet.Packet;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A place where something can go wrong: before or after an operation of a kind of device. It is a
 * value; the same one can be used for any number of faults and labs.
 *
 * <pre>{@code
 * static final FaultPoint<PhysicalNic> BEFORE_REPAIR = FaultPoint.before(PhysicalNic::repair);
 *
 * faults.at(BEFORE_REPAIR).drop();
 * }</pre>
 *
 * @param <D> the devices whose operation it is
 */
public final class FaultPoint<D> {

  private final Moment moment;
  private final Class<?> device;
  private final Method method;
  private final String name;
  private final @Nullable Predicate<Call<D>> condition;

  private FaultPoint(
      Moment moment,
      Class<?> device,
      Method method,
      String name,
      @Nullable Predicate<Call<D>> condition) {
    this.moment = moment;
    this.device = device;
    this.method = method;
    this.name = name;
    this.condition = condition;
  }

  // ---- by method reference ----

  /**
   * Before an operation without arguments.
   *
   * @throws IllegalArgumentException if it is no operation of a device that can have faults; so
   *     with all others
   */
  public static <D> FaultPoint<D> before(Operation.Plain<D> operation) {
    return of(Moment.BEFORE, StandIn.record(operation));
  }

  /** Before an operation with an argument. */
  public static <D, A> FaultPoint<D> before(Operation.OfOne<D, A> operation) {
    return of(Moment.BEFORE, StandIn.record(operation));
  }

  /** Before an operation with two arguments. */
  public static <D, A, B> FaultPoint<D> before(Operation.OfTwo<D, A, B> operation) {
    return of(Moment.BEFORE, StandIn.record(operation));
  }

  /** Before an operation with three arguments. */
  public static <D, A, B, C> FaultPoint<D> before(Operation.OfThree<D, A, B, C> operation) {
    return of(Moment.BEFORE, StandIn.record(operation));
  }

  /** Before the operation that a lambda calls, with any arguments. */
  public static <D> FaultPoint<D> before(Class<D> device, Consumer<? super D> operation) {
    return of(Moment.BEFORE, StandIn.record(device, operation));
  }

  /** After an operation without arguments. */
  public static <D> FaultPoint<D> after(Operation.Plain<D> operation) {
    return of(Moment.AFTER, StandIn.record(operation));
  }

  /** After an operation with an argument. */
  public static <D, A> FaultPoint<D> after(Operation.OfOne<D, A> operation) {
    return of(Moment.AFTER, StandIn.record(operation));
  }

  /** After an operation with two arguments. */
  public static <D, A, B> FaultPoint<D> after(Operation.OfTwo<D, A, B> operation) {
    return of(Moment.AFTER, StandIn.record(operation));
  }

  /** After an operation with three arguments. */
  public static <D, A, B, C> FaultPoint<D> after(Operation.OfThree<D, A, B, C> operation) {
    return of(Moment.AFTER, StandIn.record(operation));
  }

  /** After the operation that a lambda calls, with any arguments. */
  public static <D> FaultPoint<D> after(Class<D> device, Consumer<? super D> operation) {
    return of(Moment.AFTER, StandIn.record(device, operation));
  }

  private static <D> FaultPoint<D> of(Moment moment, StandIn.Noted noted) {
    Class<?> device = noted.device();
    String name = moment + " " + device.getSimpleName() + "." + noted.method().getName();
    return new FaultPoint<>(moment, device, noted.method(), name, null);
  }

  // ---- inside of devices ----

  /** At a step that a device takes by itself, which nobody outside its package can name. */
  static FaultPoint<Object> inside(
      Moment moment, String name, Method step, @Nullable Predicate<Call<Object>> condition) {
    return new FaultPoint<>(moment, step.getDeclaringClass(), step, name, condition);
  }

  /** The same point under a name of its own. */
  FaultPoint<D> named(String newName) {
    return new FaultPoint<>(moment, device, method, newName, condition);
  }

  // ---- what it is ----

  Moment moment() {
    return moment;
  }

  Class<?> device() {
    return device;
  }

  Method method() {
    return method;
  }

  /** Whether a call of a method of a device comes by here. */
  boolean isOf(Object called, Method calledMethod) {
    return calledMethod.getName().equals(method.getName())
        && device.isInstance(called)
        && Arrays.equals(calledMethod.getParameterTypes(), method.getParameterTypes());
  }

  boolean holds(Call<D> call) {
    return condition == null || condition.test(call);
  }

  /** Whether the operation hands a packet over, which must not get lost. */
  boolean handsPacketOver() {
    return Arrays.asList(method.getParameterTypes()).contains(Packet.class);
  }

  boolean hasResult() {
    return method.getReturnType() != void.class;
  }

  /** The operation, such as {@code PhysicalNic.fail}. */
  String operation() {
    return device.getSimpleName() + "." + method.getName();
  }

  /** Such as {@code before PhysicalNic.fail}, or its name. */
  @Override
  public String toString() {
    return name;
  }
}
