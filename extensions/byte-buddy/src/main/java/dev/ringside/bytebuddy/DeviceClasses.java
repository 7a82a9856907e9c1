// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bytebuddy;

import static net.bytebuddy.matcher.ElementMatchers.isDeclaredBy;
import static net.bytebuddy.matcher.ElementMatchers.isEquals;
import static net.bytebuddy.matcher.ElementMatchers.isFinal;
import static net.bytebuddy.matcher.ElementMatchers.isHashCode;
import static net.bytebuddy.matcher.ElementMatchers.isInterface;
import static net.bytebuddy.matcher.ElementMatchers.isSynthetic;
import static net.bytebuddy.matcher.ElementMatchers.isToString;
import static net.bytebuddy.matcher.ElementMatchers.isVirtual;
import static net.bytebuddy.matcher.ElementMatchers.nameStartsWith;
import static net.bytebuddy.matcher.ElementMatchers.not;

import java.lang.reflect.Modifier;
import java.util.function.BiFunction;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.implementation.SuperMethodCall;
import net.bytebuddy.matcher.ElementMatcher;

/** The generated subclasses of device classes: one each, kept for good. */
final class DeviceClasses {

  /** The field with what stands around the operations of a device. */
  static final String FIELD = "operations";

  private static final String BASE = "dev.ringside.";

  private static final Implementation AROUND =
      Advice.to(OperationAdvice.class).wrap(SuperMethodCall.INSTANCE);

  private static final ClassValue<Generated> GENERATED =
      new ClassValue<>() {
        @Override
        protected Generated computeValue(Class<?> device) {
          return Generated.subclass(
              device,
              FIELD,
              BiFunction.class,
              subclass -> subclass.method(operations()).intercept(AROUND));
        }
      };

  private DeviceClasses() {}

  /** The generated subclass of a device class. */
  static synchronized Generated of(Class<?> device) {
    return GENERATED.get(device);
  }

  /** Whether a class can have a subclass with faults. */
  static boolean isPossible(Class<?> device) {
    return !device.isInterface()
        && !Modifier.isFinal(device.getModifiers())
        && device.getName().startsWith(BASE);
  }

  private static ElementMatcher.Junction<MethodDescription> operations() {
    return isVirtual()
        .and(not(isFinal()))
        .and(not(isSynthetic()))
        .and(not(isToString()))
        .and(not(isEquals()))
        .and(not(isHashCode()))
        .and(isDeclaredBy(nameStartsWith(BASE)))
        .and(not(isDeclaredBy(isInterface())));
  }
}
