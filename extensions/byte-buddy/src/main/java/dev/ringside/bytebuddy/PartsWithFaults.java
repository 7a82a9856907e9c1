// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bytebuddy;

import static net.bytebuddy.matcher.ElementMatchers.isDeclaredBy;
import static net.bytebuddy.matcher.ElementMatchers.isStatic;
import static net.bytebuddy.matcher.ElementMatchers.not;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import net.bytebuddy.implementation.InvocationHandlerAdapter;

/**
 * Makes the devices of a lab: what a class such as {@code NicParts} makes by a constructor, its
 * subclass makes by the same constructor of the generated subclass.
 */
final class PartsWithFaults implements InvocationHandler {

  private static final String FIELD = "maker";

  private static final ClassValue<Generated> GENERATED =
      new ClassValue<>() {
        @Override
        protected Generated computeValue(Class<?> parts) {
          return Generated.subclass(
              parts,
              FIELD,
              InvocationHandler.class,
              subclass ->
                  subclass
                      .method(isDeclaredBy(parts).and(not(isStatic())))
                      .intercept(InvocationHandlerAdapter.toField(FIELD)));
        }
      };

  private final Faults faults;

  PartsWithFaults(Faults faults) {
    this.faults = faults;
  }

  /** The parts of one package. */
  Object of(Class<?> parts) {
    Generated type = generated(parts);
    try {
      Object made = type.construct(new Class<?>[0], new Object[0]);
      type.set(made, this);
      return made;
    } catch (Throwable thrown) {
      throw Rethrow.asIs(thrown);
    }
  }

  private static synchronized Generated generated(Class<?> parts) {
    return GENERATED.get(parts);
  }

  /** Makes a device. */
  @Override
  public Object invoke(Object parts, Method method, Object[] arguments) throws Throwable {
    Generated type = DeviceClasses.of(method.getReturnType());
    Object device = type.construct(method.getParameterTypes(), arguments);
    type.set(device, new DeviceOperations(faults, type, device));
    return device;
  }
}
