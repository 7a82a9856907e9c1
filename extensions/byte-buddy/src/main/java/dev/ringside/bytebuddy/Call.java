// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bytebuddy;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call of an operation, as a fault sees it.
 *
 * <pre>{@code
 * faults.before(Client::unmap)
 *     .when(call -> call.argument(Member.class).name().equals("p0"))
 *     .run(call -> web.send(udp().to(db)));
 * }</pre>
 *
 * @param <D> the devices whose operation it is
 */
public final class Call<D> {

  private final D device;
  private final List<@Nullable Object> arguments;
  private final Next operation;
  private @Nullable Object result;

  /** Goes on with what a fault stands in front of. */
  @FunctionalInterface
  interface Next {
    @Nullable Object proceed();
  }

  Call(D device, @Nullable Object[] arguments, Next operation) {
    this.device = device;
    this.arguments = Arrays.asList(arguments);
    this.operation = operation;
  }

  /** The device that is called. */
  public D device() {
    return device;
  }

  /** All arguments, in order. */
  public List<@Nullable Object> arguments() {
    return arguments;
  }

  /**
   * The first argument of this type.
   *
   * @throws IllegalArgumentException if there is none
   */
  public <T> T argument(Class<T> type) {
    for (Object argument : arguments) {
      if (type.isInstance(argument)) {
        return type.cast(argument);
      }
    }
    throw new IllegalArgumentException(
        "no argument is a " + type.getSimpleName() + "; they are " + arguments);
  }

  /** What the operation has returned; null before it, and where it returns nothing. */
  public @Nullable Object result() {
    return result;
  }

  void returned(@Nullable Object newResult) {
    result = newResult;
  }

  /** Carries the operation out, without further faults. */
  @Nullable Object carryOut() {
    return operation.proceed();
  }
}
