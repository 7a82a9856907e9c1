// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import dev.ringside.Lab;
import dev.ringside.wire.Replay;
import dev.ringside.world.PartsSource;
import java.lang.annotation.Annotation;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ParameterContext;

/** Which parameters are ours, and what they ask for. */
final class Parameters {

  private Parameters() {}

  /** Whether a parameter has one of our types, or an annotation by which it asks for one. */
  static boolean isOurs(Parameter parameter) {
    boolean type = isOurs(parameter.getType());
    Annotation[] annotations = parameter.getDeclaredAnnotations();
    if (annotations.length == 0) {
      return type;
    }
    if (capture(parameter) != null || Declared.of(annotations).isInjected()) {
      return true;
    }
    return type && !isMock(annotations);
  }

  /** What a parameter asks to be replayed, null if it does not. */
  static @Nullable ReplayCapture capture(Parameter parameter) {
    return parameter.getDeclaredAnnotations().length > 0 && parameter.getType() == Replay.class
        ? parameter.getDeclaredAnnotation(ReplayCapture.class)
        : null;
  }

  private static boolean isOurs(Class<?> type) {
    return type == Lab.class
        || DeviceType.of(type) != null
        || PartsSource.class.isAssignableFrom(type);
  }

  /** Mockito's, EasyMock's and others' annotations have this name. */
  private static boolean isMock(Annotation[] annotations) {
    for (Annotation annotation : annotations) {
      if (annotation.annotationType().getSimpleName().equals("Mock")) {
        return true;
      }
    }
    return false;
  }

  static InjectionPoint point(ParameterContext context) {
    Parameter parameter = context.getParameter();
    Executable executable = context.getDeclaringExecutable();
    return new InjectionPoint(
        parameter.getType(), Declared.on(parameter), isAlone(executable, parameter), parameter);
  }

  /** The same parameter, asking for the lab. */
  static InjectionPoint lab(ParameterContext context) {
    Parameter parameter = context.getParameter();
    return new InjectionPoint(Lab.class, Declared.on(parameter), true, parameter);
  }

  /** What messages call a parameter: by its name, or by its number where names are not compiled. */
  static String place(Parameter parameter) {
    Executable executable = parameter.getDeclaringExecutable();
    String name = "'" + parameter.getName() + "'";
    if (!parameter.isNamePresent()) {
      name = String.valueOf(List.of(executable.getParameters()).indexOf(parameter) + 1);
    }
    return "parameter "
        + name
        + " of "
        + executable.getDeclaringClass().getSimpleName()
        + '.'
        + (executable instanceof Method ? executable.getName() : "<init>");
  }

  private static boolean isAlone(Executable executable, Parameter parameter) {
    if (executable.getParameterCount() == 1) {
      return true;
    }
    int unnamed = 0;
    for (Parameter other : executable.getParameters()) {
      if (other.getType() == parameter.getType() && Declared.on(other).device().isEmpty()) {
        unnamed++;
      }
    }
    return unnamed <= 1;
  }
}
