// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bytebuddy;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which method is meant by a method reference: calls it on a device that was never
 * constructed and whose every operation only tells its name. Which kind of device it wants shows
 * when it is given others.
 */
final class StandIn {

  /** What unboxes a number or a truth value wants one; anything else takes null. */
  private static final List<@Nullable Object> ARGUMENTS =
      Arrays.asList(null, 0, 0L, false, 0.0, (short) 0, (byte) 0, 'a', 0f);

  /** An operation of a kind of device. */
  record Noted(Class<?> device, Method method) {}

  /** An operation that is called with arguments. */
  @FunctionalInterface
  private interface Reference {
    void call(Object device, @Nullable Object[] arguments);
  }

  /** Ends the call of a reference as soon as it is known which method it is. */
  @SuppressWarnings("serial") // is thrown and caught here
  private static final class Called extends Error {
    final transient Method method;

    Called(Method method) {
      super("called", null, false, false);
      this.method = method;
    }
  }

  private StandIn() {}

  // ---- the kinds of references; what they are references to is erased ----

  @SuppressWarnings("unchecked")
  static Noted record(Operation.Plain<?> operation) {
    Operation.Plain<Object> any = (Operation.Plain<Object>) operation;
    return find(0, (device, arguments) -> any.call(device));
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // it is called with whatever there is
  static Noted record(Operation.OfOne<?, ?> operation) {
    Operation.OfOne<Object, Object> any = (Operation.OfOne<Object, Object>) operation;
    return find(1, (device, arguments) -> any.call(device, arguments[0]));
  }

  @SuppressWarnings({"unchecked", "NullAway"})
  static Noted record(Operation.OfTwo<?, ?, ?> operation) {
    Operation.OfTwo<Object, Object, Object> any =
        (Operation.OfTwo<Object, Object, Object>) operation;
    return find(2, (device, arguments) -> any.call(device, arguments[0], arguments[1]));
  }

  @SuppressWarnings({"unchecked", "NullAway"})
  static Noted record(Operation.OfThree<?, ?, ?, ?> operation) {
    Operation.OfThree<Object, Object, Object, Object> any =
        (Operation.OfThree<Object, Object, Object, Object>) operation;
    return find(
        3, (device, arguments) -> any.call(device, arguments[0], arguments[1], arguments[2]));
  }

  static <D> Noted record(Class<D> device, Consumer<? super D> operation) {
    if (!DeviceTypes.ALL.contains(device)) {
      throw DeviceTypes.none(device.getSimpleName() + " is no device that has faults");
    }
    Noted noted = call(device, 0, (standIn, arguments) -> operation.accept(device.cast(standIn)));
    if (noted == null) {
      throw noOperation(device);
    }
    return noted;
  }

  // ---- finding out ----

  private static Noted find(int arguments, Reference reference) {
    for (Class<?> type : DeviceTypes.ALL) {
      Noted noted = call(type, arguments, reference);
      if (noted != null) {
        return noted;
      }
    }
    throw DeviceTypes.none("this is no operation of a device that has faults");
  }

  /** Null if it is an operation of something else. */
  private static @Nullable Noted call(Class<?> type, int count, Reference reference) {
    Object standIn = of(type);
    @Nullable Object[] arguments = new @Nullable Object[count];
    int[] choice = new int[count];
    do {
      for (int i = 0; i < count; i++) {
        arguments[i] = ARGUMENTS.get(choice[i]);
      }
      try {
        reference.call(standIn, arguments);
        throw noOperation(type);
      } catch (Called called) {
        return new Noted(type, called.method);
      } catch (ClassCastException e) {
        if (isFirst(choice)) {
          return null; // null is of every class, so it is the device that it does not like
        }
      } catch (NullPointerException e) {
        // it wants a number
      }
    } while (next(choice));
    throw noOperation(type);
  }

  private static boolean isFirst(int[] choice) {
    return Arrays.stream(choice).sum() == 0;
  }

  private static boolean next(int[] choice) {
    for (int i = 0; i < choice.length; i++) {
      if (++choice[i] < ARGUMENTS.size()) {
        return true;
      }
      choice[i] = 0;
    }
    return false;
  }

  private static IllegalArgumentException noOperation(Class<?> type) {
    return new IllegalArgumentException(
        "no operation of "
            + type.getSimpleName()
            + " was called that can have faults; name one method, such as PhysicalNic::fail, that"
            + " is neither static nor final, and is not inherited from Object");
  }

  private static Object of(Class<?> type) {
    try {
      if (type.isInterface()) {
        return Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              throw new Called(method);
            });
      }
      Generated generated = DeviceClasses.of(type);
      Object standIn = Unconstructed.newInstance(generated.type());
      BiFunction<String, Object[], Object[]> note =
          (key, arguments) -> {
            throw new Called(generated.method(key));
          };
      generated.set(standIn, note);
      return standIn;
    } catch (Throwable thrown) {
      throw Rethrow.asIs(thrown);
    }
  }
}
