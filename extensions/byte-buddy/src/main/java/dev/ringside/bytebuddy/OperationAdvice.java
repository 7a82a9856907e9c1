// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bytebuddy;

import java.util.function.BiFunction;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/**
 * What stands around each operation of a generated device. Its code is copied there, so it uses
 * nothing but the platform: the framework does not see this module. While a device is constructed
 * it has no faults yet.
 */
final class OperationAdvice {

  private OperationAdvice() {}

  @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
  static Object @Nullable [] enter(
      @Advice.FieldValue(DeviceClasses.FIELD)
          @Nullable BiFunction<String, Object[], Object[]> operations,
      @Advice.Origin("#m#d") String operation,
      @Advice.AllArguments Object[] arguments) {
    return operations == null ? null : operations.apply(operation, arguments);
  }

  @Advice.OnMethodExit
  static void exit(
      @Advice.Enter Object @Nullable [] answer,
      @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) @Nullable Object result) {
    if (answer != null) {
      result = answer[0];
    }
  }
}
