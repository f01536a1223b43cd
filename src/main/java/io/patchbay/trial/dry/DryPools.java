package io.patchbay.trial.dry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchbay.payload.Json;
import io.patchbay.shape.dedupe.Pools;
import io.patchbay.trial.dry.Captured.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Data pools as they are, with the keys of one dry run laid over them, which go with it. */
final class DryPools {

    /** Keys are held in memory. */
    static final int MOST = 200_000;

    private final Pools real;
    private final Notes notes;
    private final Map<Name, Own> own = new HashMap<>();

    private record Name(String pool, String entity, String key) {}

    private record Own(boolean remembered, String mark) {}

    DryPools(Pools real, Notes notes) {
        this.real = real;
        this.notes = notes;
    }

    /** As one shape sees them. */
    Pools of(String shape) {
        return new OfShape(shape);
    }

    private static Name name(Pools.Asking asking, String key) {
        return new Name(asking.pool(), asking.entity(), key);
    }

    private void put(Name name, Own mine) {
        if (own.size() >= MOST && !own.containsKey(name)) {
            throw new IllegalStateException("a dry run holds at most " + MOST + " keys of data pools");
        }
        own.put(name, mine);
    }

    private final class OfShape implements Pools {
        private final String shape;

        OfShape(String shape) {
            this.shape = shape;
        }

        @Override
        public List<Answer> look(Asking asking, List<Key> keys) {
            synchronized (DryPools.this) {
                List<Answer> before = real.peek(asking, keys);
                List<Answer> answers = new ArrayList<>();
                for (int i = 0; i < keys.size(); i++) {
                    Own mine = own.get(name(asking, keys.get(i).text()));
                    boolean knows = mine == null ? before.get(i) == Answer.KNOWN : mine.remembered();
                    answers.add(knows ? Answer.KNOWN : Answer.NEW);
                }
                return answers;
            }
        }

        @Override
        public List<Answer> peek(Asking asking, List<Key> keys) {
            synchronized (DryPools.this) {
                List<Answer> before = real.peek(asking, keys);
                List<Answer> answers = new ArrayList<>();
                for (int i = 0; i < keys.size(); i++) {
                    Own mine = own.get(name(asking, keys.get(i).text()));
                    answers.add(mine == null ? before.get(i) : again(mine, keys.get(i)));
                }
                return answers;
            }
        }

        private Answer again(Own mine, Key key) {
            if (mine.mark().equals(key.mark())) {
                return Answer.NEW;
            }
            return mine.remembered() ? Answer.KNOWN : Answer.REPEATED;
        }

        @Override
        public List<Answer> claim(Asking asking, List<Key> keys) {
            return taken(asking, keys, false);
        }

        @Override
        public List<Answer> learn(Asking asking, List<Key> keys) {
            return taken(asking, keys, true);
        }

        private List<Answer> taken(Asking asking, List<Key> keys, boolean learn) {
            List<String> taken = new ArrayList<>();
            List<Answer> answers = new ArrayList<>();
            synchronized (DryPools.this) {
                List<Answer> before = real.peek(asking, keys);
                Set<Name> now = new HashSet<>();
                for (int i = 0; i < keys.size(); i++) {
                    Key key = keys.get(i);
                    Name name = name(asking, key.text());
                    Own mine = own.get(name);
                    Answer answer = mine == null ? before.get(i) : again(mine, key);
                    if (mine == null && answer == Answer.NEW) {
                        put(name, new Own(learn, key.mark()));
                        taken.add(key.text());
                        now.add(name);
                    }
                    answers.add(
                            mine != null && answer == Answer.KNOWN && now.contains(name) ? Answer.REPEATED : answer);
                }
            }
            note(learn ? "LEARN" : "CLAIM", asking, taken);
            return answers;
        }

        @Override
        public CompletableFuture<Void> track(Asking asking, List<Key> keys) {
            synchronized (DryPools.this) {
                keys.forEach(key -> put(name(asking, key.text()), new Own(true, key.mark())));
            }
            note("TRACK", asking, keys.stream().map(Key::text).distinct().toList());
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<Integer> remember(Asking asking, List<String> keys) {
            List<String> known = new ArrayList<>();
            synchronized (DryPools.this) {
                for (String key : Set.copyOf(keys)) {
                    Own mine = own.get(name(asking, key));
                    if (mine != null) {
                        own.put(name(asking, key), new Own(true, mine.mark()));
                        known.add(key);
                    }
                }
            }
            known.sort(null);
            note("REMEMBER", asking, known);
            return CompletableFuture.completedFuture(
                    (int) keys.stream().distinct().count() - known.size());
        }

        @Override
        public Map<String, String> claimed(Asking asking, List<String> marks) {
            Map<String, String> found = new HashMap<>();
            synchronized (DryPools.this) {
                own.forEach((name, mine) -> {
                    if (name.pool().equals(asking.pool())
                            && name.entity().equals(asking.entity())
                            && marks.contains(mine.mark())) {
                        found.put(mine.mark(), name.key());
                    }
                });
            }
            return found;
        }

        private void note(String what, Asking asking, List<String> keys) {
            if (keys.isEmpty()) {
                return;
            }
            ArrayNode all = Json.NODES.arrayNode();
            keys.forEach(all::add);
            byte[] list = all.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
            String target = asking.entity().isEmpty() ? asking.pool() : asking.pool() + " " + asking.entity();
            notes.add(new Notes.Note(
                    shape, Kind.POOL, what, target, new Content(list, list.length, "application/json"), "done"));
        }
    }
}
