package dev.remora.spi;

import java.util.Objects;
import java.util.Set;

/** Of which projects a list may show something, and count it. */
public sealed interface ProjectScope {
    /**
     * Every project.
     *
     * @return a scope
     */
    static ProjectScope everything() {
        return new Everything();
    }

    /**
     * Some projects.
     *
     * @param names their names, at most {@link Named#MOST}
     * @return a scope
     */
    static ProjectScope of(Set<String> names) {
        return new Named(names);
    }

    /**
     * Those that a user owns or has a grant for, in the storage that is asked.
     *
     * @param user the user
     * @return a scope
     */
    static ProjectScope grantedTo(String user) {
        return new GrantedTo(user);
    }

    /** Every project. */
    record Everything() implements ProjectScope {}

    /**
     * Some projects.
     *
     * @param names their names
     */
    record Named(Set<String> names) implements ProjectScope {
        /** How many there may be: a query names each of them. */
        public static final int MOST = 1000;

        /**
         * Creates a scope.
         *
         * @throws IllegalArgumentException if there are more than {@link #MOST}
         */
        public Named {
            names = Set.copyOf(names);
            if (names.size() > MOST) {
                throw new IllegalArgumentException(names.size() + " projects; at most " + MOST + " can be named");
            }
        }
    }

    /**
     * Those that a user owns or has a grant for, in the storage that is asked.
     *
     * @param user the user
     */
    record GrantedTo(String user) implements ProjectScope {
        /**
         * Creates a scope.
         *
         * @throws NullPointerException if the user is null
         */
        public GrantedTo {
            Objects.requireNonNull(user, "user");
        }
    }
}
