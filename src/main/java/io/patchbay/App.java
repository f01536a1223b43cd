package io.patchbay;

import io.patchbay.cli.Patchbay;
import io.patchbay.ops.RuntimeParts;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;

/** The program: {@code java -jar patchbay.jar} starts the runtime, {@code java -jar patchbay.jar VERB} is the command line. */
@SpringBootConfiguration(proxyBeanMethods = false)
// The filter keeps what tests declare out of each other's contexts.
@ComponentScan(excludeFilters = @Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class))
@RuntimeParts
public class App {

    private static final String HOME = "--home=";

    /** Does what the verb says; without one, starts the runtime with the settings in {@code args}. */
    public static void main(String[] args) {
        if (Patchbay.isVerb(args)) {
            System.exit(Patchbay.run(args));
        }
        SpringApplication.run(App.class, settings(args));
    }

    /** The command line as settings: {@code --home=DIR} and {@code --home DIR} are short for {@code --patchbay.home=DIR}. */
    static String[] settings(String[] args) {
        List<String> settings = new ArrayList<>();
        for (int i = 0; i < args.length; i++) {
            boolean apart = args[i].equals("--home") && i + 1 < args.length && !args[i + 1].startsWith("--");
            String home = apart ? HOME + args[++i] : args[i];
            settings.add(home.startsWith(HOME) ? "--patchbay.home=" + home.substring(HOME.length()) : home);
        }
        return settings.toArray(String[]::new);
    }
}
