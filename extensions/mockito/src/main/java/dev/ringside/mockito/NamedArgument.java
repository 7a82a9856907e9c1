// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.mockito;

import org.jspecify.annotations.Nullable;
import org.mockito.ArgumentMatcher;

/**
 * Something of this name.
 *
 * @param name its name
 */
record NamedArgument<T>(String name) implements ArgumentMatcher<T> {

  @Override
  public boolean matches(@Nullable T argument) {
    return argument != null && Names.of(argument).contains(name);
  }

  @Override
  public String toString() {
    return "named " + name;
  }
}
