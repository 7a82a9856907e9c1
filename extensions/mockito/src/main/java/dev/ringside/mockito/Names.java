// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.mockito;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;

/** What things are called: what their methods {@code label} and {@code name} return. */
final class Names {

  /** First the one that is unique in the lab. */
  private static final String[] METHODS = {"label", "name"};

  private Names() {}

  /** Its names, the most exact first; empty if it has none. */
  static List<String> of(Object thing) {
    List<String> names = new ArrayList<>(2);
    for (String method : METHODS) {
      addResult(thing, method, names);
    }
    return names;
  }

  private static void addResult(Object thing, String name, List<String> names) {
    Method method;
    try {
      method = thing.getClass().getMethod(name);
      if (method.getReturnType() == String.class) {
        names.add((String) method.invoke(thing));
      }
    } catch (NoSuchMethodException | IllegalAccessException e) {
      return; // has no name, or none that is ours to see
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(thing.getClass() + "." + name + "() fails", e.getCause());
    }
  }
}
