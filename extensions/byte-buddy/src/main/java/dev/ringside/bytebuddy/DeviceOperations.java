// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bytebuddy;

import java.lang.reflect.Method;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Stands around the operations of one device. Where a fault may be meant, the operation and its
 * faults are one operation of the lab.
 */
final class DeviceOperations implements BiFunction<String, Object[], Object @Nullable []> {

  private final Faults faults;
  private final Generated type;
  private final Object device;

  DeviceOperations(Faults faults, Generated type, Object device) {
    this.faults = faults;
    this.type = type;
    this.device = device;
  }

  /** Null if the operation is to go its way, otherwise what it has returned. */
  @Override
  public Object @Nullable [] apply(String key, Object[] arguments) {
    if (faults.isEmpty()) {
      return null;
    }
    Method method = type.method(key);
    List<Fault> meant = faults.of(device, method);
    if (meant.isEmpty()) {
      return null;
    }
    Call<Object> call = new Call<>(device, arguments, () -> original(key, arguments));
    @Nullable Object[] answer = {faults.world().call(() -> pass(meant, 0, call))};
    return answer;
  }

  private static @Nullable Object pass(List<Fault> faults, int at, Call<Object> call) {
    return at == faults.size()
        ? call.carryOut()
        : faults.get(at).around(call, () -> pass(faults, at + 1, call));
  }

  private @Nullable Object original(String key, Object[] arguments) {
    try {
      return type.callOriginal(key, device, arguments);
    } catch (Throwable thrown) {
      throw Rethrow.asIs(thrown);
    }
  }
}
