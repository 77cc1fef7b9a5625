/* Tells how many of a line's characters are used. */
(() => {
    class CountedController extends window.StimulusModule.Controller {
        connect() {
            this.output = document.createElement("output");
            this.output.className = "help";
            this.output.setAttribute("for", this.element.id);
            this.output.setAttribute("aria-live", "polite");
            this.element.after(this.output);
            this.count = () => {
                this.output.textContent = `${this.element.value.length}/${this.element.maxLength}`;
            };
            this.element.addEventListener("input", this.count);
            this.count();
        }

        disconnect() {
            this.element.removeEventListener("input", this.count);
            this.output.remove();
        }
    }

    window.wagtail.app.register("pages-counted", CountedController);
})();
