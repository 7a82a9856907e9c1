// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.mockito;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mockito.ArgumentMatcher;

/**
 * Things of these names, in this order.
 *
 * @param names their names
 */
record NamedListArgument<T>(List<String> names) implements ArgumentMatcher<List<T>> {

  @Override
  public boolean matches(@Nullable List<T> arguments) {
    if (arguments == null || arguments.size() != names.size()) {
      return false;
    }
    for (int i = 0; i < names.size(); i++) {
      if (!Names.of(arguments.get(i)).contains(names.get(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return "all named " + names;
  }
}
